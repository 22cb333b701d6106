package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glip.engine.Precision;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostCurveTest {
    @TempDir
    Path folder;

    @Test
    void measuresEachPointInItsOwnProcessAndKeepsIt() throws IOException {
        CostCurve curve = new CostCurve("tiny", Precision.FP32, 1, folder, "test");
        List<RunResult> told = new ArrayList<>();
        List<RunResult> points = curve.againstTokens(new double[] {0, 0.75}, 2, told::add);

        assertEquals(points, told);
        assertEquals(65.0, points.get(0).value(Metric.IMAGE_TOKENS));
        assertEquals(17.0, points.get(1).value(Metric.IMAGE_TOKENS));
        for (Metric smaller : List.of(Metric.STEP_GFLOP, Metric.PAPER_GFLOP)) {
            assertTrue(points.get(1).value(smaller) < points.get(0).value(smaller), smaller.name());
        }
        for (Metric positive : List.of(Metric.STEP_TIME, Metric.STEP_CPU_TIME, Metric.MATRIX_SHARE)) {
            assertTrue(points.get(0).value(positive) > 0, positive.name());
        }
        assertEquals(Files.exists(Path.of("/proc/self/status")), points.get(0).has(Metric.PEAK_MEMORY));

        assertEquals(points, curve.againstTokens(new double[] {0, 0.75}, 2, point -> {}), "from the files");
        assertEquals(
                points.get(1),
                curve.againstBatch(0.75, new int[] {2}, point -> {}).get(0));
        assertEquals(2, ResultFile.readFolder(folder).size());
    }

    @Test
    void timesBothMasksInTurnsAndEachTurnOnce() throws IOException {
        CostCurve curve = new CostCurve("tiny", Precision.FP32, 1, folder, "test");
        List<RunResult> points = curve.inTurns(new double[] {0.75}, 2, 2, point -> {});
        assertEquals(
                List.of("FLIP 0", "GLIP 0", "GLIP 1", "FLIP 1"),
                points.stream()
                        .map(point -> point.settings().method() + " "
                                + point.settings().seed())
                        .toList());
        assertEquals(points, curve.inTurns(new double[] {0.75}, 2, 2, point -> {}), "from the files");
        assertEquals(4, ResultFile.readFolder(folder).size());
    }

    @Test
    void aProcessThatFailsIsAnErrorWithWhatItSaid() throws IOException {
        CostCurve curve = new CostCurve("tiny", Precision.FP32, 1, folder, "test");
        IOException error =
                assertThrows(IOException.class, () -> curve.againstTokens(new double[] {0.75}, 1, point -> {}));
        assertTrue(error.getMessage().contains("code 2") && error.getMessage().contains("batch"), error.getMessage());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void refusesAPointWithoutSteps() {
        assertThrows(IllegalArgumentException.class, () -> new CostCurve("tiny", Precision.FP32, 0, folder, "test"));
    }
}
