package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import org.glip.data.SyntheticPairs;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.text.ClipTokenizer;
import org.glip.train.StepBenchmark.Timings;
import org.junit.jupiter.api.Test;

class StepBenchmarkTest {
    private static double median(double... seconds) {
        return new Timings(seconds, seconds, seconds).medianWallSeconds();
    }

    @Test
    void takesTheMedianOfTheSteps() {
        assertEquals(2, median(9, 1, 2));
        assertEquals(2.5, median(9, 1, 2, 3));
        assertEquals(4, median(4));
    }

    @Test
    void needsAStepAfterTheWarmup() {
        StageConfig config = new StageConfig(3, 2, 2, OptimizerConfig.paper(), Mask.none(), Precision.FP32, 0, 0);
        for (int warmup : new int[] {-1, 3}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new StepBenchmark(ClipConfig.preset("tiny"), config, warmup, Execution.plain()));
        }
    }

    @Test
    void endsWhereItsThreadIsInterruptedBeforeAnyStep() {
        SyntheticPairs pairs = SyntheticPairs.builder()
                .setTokenizer(ClipTokenizer.load())
                .setBatchSize(2)
                .setImageSize(64)
                .setContextLength(20)
                .optSeed(1)
                .build();
        StageConfig config = new StageConfig(3, 2, 2, OptimizerConfig.paper(), Mask.none(), Precision.FP32, 0, 0);
        StepBenchmark benchmark = new StepBenchmark(ClipConfig.preset("tiny"), config, 1, Execution.plain());
        Thread.currentThread().interrupt();
        try {
            String message = assertThrows(CancellationException.class, () -> benchmark.run(pairs))
                    .getMessage();
            assertEquals("the measurement of a step was interrupted", message);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }
}
