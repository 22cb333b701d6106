package org.glip.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.glip.claims.Claim;
import org.glip.claims.Claims;
import org.glip.results.ComparableRuns;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.results.SigmaSweep;

/**
 * All committed result files, by what they are of.
 *
 * @param tables of {@code 03-benchmark-tables}: ten methods, three seeds
 * @param probe linear probes of their models at 50 and 75 % and of CLIP
 * @param fineTuning fine-tunings of the same
 * @param turns steps of the small model, random and centred mask timed in turns
 * @param sweep of {@code 02-sigma-sweep}
 * @param sweepRuns the same runs, as the claims take them
 * @param withoutCentre of {@code 03-benchmark-tables}: trained and tested on other presets than the sweep's
 * @param photographs of {@code 03-benchmark-tables}: trained and tested on photographs
 * @param steps of {@code 04-efficiency}: steps of ViT-B/16
 * @param equal of {@code 04-efficiency}: methods at equal time and at equal samples
 */
record ResultFiles(
        List<RunResult> tables,
        List<RunResult> probe,
        List<RunResult> fineTuning,
        List<RunResult> turns,
        SigmaSweep sweep,
        List<RunResult> sweepRuns,
        List<RunResult> withoutCentre,
        List<RunResult> photographs,
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
                ComparableRuns.read(benchmark),
                ComparableRuns.read(benchmark.resolve("linear-probe")),
                ComparableRuns.read(benchmark.resolve("fine-tuning")),
                turns,
                SigmaSweep.read(sweep),
                ComparableRuns.read(sweep),
                ComparableRuns.read(benchmark.resolve("presets")),
                ComparableRuns.read(benchmark.resolve("photographs")),
                ResultFile.readFolder(efficiency.resolve("cost")),
                ResultFile.readFolder(efficiency.resolve("equal")));
    }

    /** The paper's claims as these files judge them, by top-1 or top-5. */
    List<Claim> claims(Metric measure) {
        List<RunResult> others = Stream.concat(sweepOfTheTables().stream(), withoutCentre.stream())
                .toList();
        return new Claims(tables, others, turns, measure).judge();
    }

    /** FLIP and GLIP at 75 % and the paper's sigma, trained and tested on pictures without a centre. */
    List<RunResult> trainedWithoutCentre() {
        Stream<RunResult> anywhere = sweepOfTheTables().stream()
                .filter(run -> run.settings().text(RunSettings.PRESET).equals("uniform"))
                .filter(run -> run.settings().text(RunSettings.MASKING).equals("75%"))
                .filter(run -> Set.of("–", "0.2").contains(run.settings().text(RunSettings.SIGMA)));
        return Stream.concat(anywhere, withoutCentre.stream()).toList();
    }

    /** The runs of the sweep, if they were made by the plan of the tables; others are of no account for claims. */
    private List<RunResult> sweepOfTheTables() {
        return sweepRuns.stream()
                .filter(run -> ComparableRuns.haveSamePlan(run, tables.get(0)))
                .toList();
    }
}
