package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.glip.engine.Precision;
import org.glip.results.RunResult;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesProgress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EqualTimeTest {
    private static final List<Method> METHODS = List.of(Method.clip(), Method.flip(0.75), Method.glip(0.75, 0.2));

    @TempDir
    static Path data;

    @TempDir
    Path results;

    private static Scenes scenes;

    @BeforeAll
    static void compose() throws Exception {
        scenes = Scenes.openMini(data, ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(64), ScenesProgress.NONE);
    }

    private EqualTime equalTime(double cpuSeconds) {
        return new EqualTime(Benchmark.of(scenes), Plan.ofSamples(64, Precision.FP32), cpuSeconds, results, "test");
    }

    @Test
    void methodsThatKeepAsManyTokensTrainOnAsManySamples() throws IOException {
        List<RunResult> found = equalTime(2).compare(METHODS, 0, (stage, report) -> {});

        assertEquals(6, found.size());
        for (int i = 0; i < 6; i++) {
            assertEquals(
                    i < 3 ? "equal time" : "equal samples",
                    found.get(i).settings().text(EqualTime.COMPARISON));
            assertEquals(
                    METHODS.get(i % 3).name().toString(),
                    found.get(i).settings().method());
            assertTrue(found.get(i).metrics().containsKey("tuned top-1"));
        }
        double[] samples =
                found.stream().mapToDouble(run -> run.metrics().get("samples")).toArray();
        assertEquals(samples[1], samples[2], "FLIP and GLIP keep as many tokens");
        double most = Math.max(samples[0], samples[1]);
        for (int i = 3; i < 6; i++) {
            assertEquals(most, samples[i], "equal samples");
        }
        assertEquals(0, samples[0] % 8, "whole batches");

        assertEquals(
                found.stream().map(RunResult::metrics).toList(),
                equalTime(2).compare(METHODS, 0, (stage, report) -> trainedAgain()).stream()
                        .map(RunResult::metrics)
                        .toList(),
                "from the files");
        assertThrows(IOException.class, () -> equalTime(3).compare(METHODS, 0, (stage, report) -> {}));
    }

    private static void trainedAgain() {
        throw new AssertionError("trained again");
    }

    @Test
    void refusesNoTime() {
        assertThrows(IllegalArgumentException.class, () -> equalTime(0));
        assertThrows(IllegalArgumentException.class, () -> equalTime(Double.NaN));
    }
}
