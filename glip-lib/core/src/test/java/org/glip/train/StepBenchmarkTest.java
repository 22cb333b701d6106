package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
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
}
