package org.glip.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.SigmaSweep;
import org.glip.study.BenchmarkResults;

/**
 * All committed result files, by what they are of.
 *
 * @param benchmark of {@code 03-benchmark-tables}: ten methods, three seeds, and what the claims need beside them
 * @param sweep of {@code 02-sigma-sweep}
 * @param steps of {@code 04-efficiency}: steps of ViT-B/16
 * @param equal of {@code 04-efficiency}: methods at equal time and at equal samples
 */
record ResultFiles(BenchmarkResults benchmark, SigmaSweep sweep, List<RunResult> steps, List<RunResult> equal) {

    static ResultFiles read(Path folder) throws IOException {
        Path sweep = folder.resolve("02-sigma-sweep");
        Path efficiency = folder.resolve("04-efficiency");
        return new ResultFiles(
                BenchmarkResults.read(folder.resolve("03-benchmark-tables"), sweep),
                SigmaSweep.read(sweep),
                ResultFile.readFolder(efficiency.resolve("cost")),
                ResultFile.readFolder(efficiency.resolve("equal")));
    }
}
