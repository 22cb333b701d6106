package org.glip.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glip.report.Drawing;
import org.glip.report.ReportColumns;
import org.glip.results.Metric;
import org.glip.results.ResultFileException;
import org.glip.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class StudyTest {
    private static final Path COMMITTED = Path.of("../../notebooks/results");

    @TempDir
    Path folder;

    @Test
    void theUsualSizeTrainsNothingAndMakesNoFile() throws IOException {
        List<String> said = new ArrayList<>();
        SigmaStudy.onScenes(StudySize.DEFAULT).run(said::add);
        BenchmarkStudy.onScenes(StudySize.DEFAULT).run(said::add);

        assertEquals(List.of(), said);
        assertTrue(Files.notExists(Path.of("results")), "a folder of results beside the tests");
    }

    @Test
    void theSweepHasThreeSeedsAndFiveWhereThreeDecidedNothing() throws IOException {
        // 4 series of FLIP and 6 sigmas; two seeds more of FLIP, .1 and .2 on centred, of FLIP and .2 on uniform
        String study = SigmaStudy.onScenes(StudySize.DEFAULT).toString();
        assertTrue(study.endsWith("0 of " + (4 * 7 * 3 + 2 * 3 + 2 * 2) + " runs are there"), study);
        assertTrue(SigmaStudy.onScenes(StudySize.SMOKE).toString().endsWith("0 of 3 runs are there"));
    }

    @Test
    void everyCommittedRunOfTheSweepBelongsToIt() throws IOException {
        Map<String, Long> most = new TreeMap<>();
        for (RunResult run : committed().sweep()) {
            String point = run.settings().text("preset") + " " + run.settings().mask();
            most.merge(point, run.settings().seed(), Math::max);
        }
        most.forEach((point, seed) -> assertTrue(
                seed < 3
                        || point.startsWith("centred ") && point.contains("75%") && !point.contains("0.05")
                        || point.startsWith("uniform ") && point.contains("75%"),
                point + " has a seed " + seed));
    }

    @Test
    void masksAreDrawnWithTheirKeepProbabilities() throws IOException {
        Drawing maps = (Drawing) SigmaStudy.onScenes(StudySize.DEFAULT).masks();
        assertTrue(maps.description().contains("σ = 0.2"), maps.description());
        assertTrue(maps.description().contains("75% masked, random"), maps.description());
    }

    @Test
    void withoutResultFilesATableSaysSo() throws IOException {
        BenchmarkResults none = BenchmarkResults.read(folder.resolve("a"), folder.resolve("b"));
        Table table = BenchmarkStudy.table("Linear probe", none.probe(), ReportColumns.probe());
        assertEquals(List.of("Linear probe: no result files yet"), table.columnNames());
        assertThrows(
                ResultFileException.class,
                () -> SigmaStudy.onScenes(StudySize.DEFAULT).sweep());
    }

    @Test
    void theTablesShowWhatTheFilesHave() throws IOException {
        BenchmarkResults results = committed();
        Table zeroShot = BenchmarkStudy.onScenes(StudySize.DEFAULT).zeroShot(results);
        assertEquals(10, zeroShot.rowCount());
        assertTrue(
                zeroShot.columnNames().toString().contains("published"),
                zeroShot.columnNames().toString());
        assertEquals(6, results.claims(Metric.TOP_1).size());
        assertEquals(
                List.of("full-frame", "mosaic", "uniform"),
                results.trainedWithoutCentre().stream()
                        .map(run -> run.settings().text("preset"))
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static BenchmarkResults committed() throws IOException {
        return BenchmarkResults.read(COMMITTED.resolve("03-benchmark-tables"), COMMITTED.resolve("02-sigma-sweep"));
    }
}
