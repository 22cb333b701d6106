package org.glip.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.glip.claims.Claim;
import org.glip.claims.Claims;
import org.glip.results.ComparableRuns;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.SigmaSweep;

/**
 * All committed result files, by what they are of.
 *
 * @param first of {@code 01-pretraining}
 * @param tables of {@code 03-benchmark-tables}: ten methods, three seeds
 * @param probe linear probes of some of their models
 * @param fineTuning fine-tunings of some of their models
 * @param turns steps of the tiny model, random and centred mask timed in turns
 * @param sweep of {@code 02-sigma-sweep}
 * @param sweepRuns the same runs, as the claims take them
 * @param steps of {@code 04-efficiency}: steps of ViT-B/16
 * @param equal of {@code 04-efficiency}: methods at equal time and at equal samples
 */
record ResultFiles(
        List<RunResult> first,
        List<RunResult> tables,
        List<RunResult> probe,
        List<RunResult> fineTuning,
        List<RunResult> turns,
        SigmaSweep sweep,
        List<RunResult> sweepRuns,
        List<RunResult> steps,
        List<RunResult> equal) {

    static ResultFiles read(Path folder) throws IOException {
        Path benchmark = folder.resolve("03-benchmark-tables");
        Path sweep = folder.resolve("02-sigma-sweep");
        Path efficiency = folder.resolve("04-efficiency");
        List<RunResult> turns = ResultFile.readFolder(benchmark.resolve("cost")).stream()
                .sorted(Comparator.comparingDouble(step -> -step.value(Metric.IMAGE_TOKENS)))
                .toList();
        return new ResultFiles(
                ResultFile.readFolder(folder.resolve("01-pretraining")),
                ComparableRuns.read(benchmark),
                ComparableRuns.read(benchmark.resolve("linear-probe")),
                ComparableRuns.read(benchmark.resolve("fine-tuning")),
                turns,
                SigmaSweep.read(sweep),
                ComparableRuns.read(sweep),
                ResultFile.readFolder(efficiency.resolve("cost")),
                ResultFile.readFolder(efficiency.resolve("equal")));
    }

    /** The paper's claims as these files judge them, by top-1 or top-5. */
    List<Claim> claims(Metric measure) {
        return new Claims(tables, sweepRuns, turns, measure).judge();
    }
}
