package org.glip.train;

import org.glip.engine.Precision;
import org.glip.mask.Mask;

/**
 * One stage of training.
 *
 * @param steps optimiser steps, at least 1
 * @param batchSize pairs a step; every picture is compared with every caption among them
 * @param microBatch pairs computed at once, 1 to {@code batchSize}; smaller takes less memory and more time, with the
 *     same result
 * @param optimizer AdamW and its warm-up
 * @param mask what the image tower does not see
 * @param precision number format of matrix products
 * @param seed of the masks; with the data's seed and the weights' seed it fixes the run
 * @param checkpointEvery steps between checkpoints, 0 for one at the end only
 */
public record StageConfig(
        long steps,
        int batchSize,
        int microBatch,
        OptimizerConfig optimizer,
        Mask mask,
        Precision precision,
        long seed,
        long checkpointEvery) {
    /** Checks the ranges. */
    public StageConfig {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be at least 1, not " + steps);
        }
        if (batchSize < 2) {
            throw new IllegalArgumentException(
                    "the batch size must be at least 2 pairs, not " + batchSize + ": a contrast needs two");
        }
        if (microBatch < 1 || microBatch > batchSize) {
            throw new IllegalArgumentException(
                    "the micro-batch must be from 1 to the batch size " + batchSize + ", not " + microBatch);
        }
        if (checkpointEvery < 0) {
            throw new IllegalArgumentException("checkpointEvery must be at least 0, not " + checkpointEvery);
        }
    }

    /**
     * A stage with the usual settings: the paper's recipe, warmed up over the first tenth of the steps; each batch at
     * once, in float32, with seed 0 and a checkpoint at the end only.
     *
     * @param steps optimiser steps, at least 1
     * @param batchSize pairs a step
     * @param mask what the image tower does not see
     * @return the settings
     */
    public static StageConfig of(long steps, int batchSize, Mask mask) {
        OptimizerConfig paper = OptimizerConfig.paper();
        OptimizerConfig optimizer = paper.with(paper.learningRate(), Math.max(1, steps / 10));
        return new StageConfig(steps, batchSize, batchSize, optimizer, mask, Precision.FP32, 0, 0);
    }

    /**
     * {@return the same stage with another optimiser}
     *
     * @param newOptimizer AdamW and its warm-up
     */
    public StageConfig withOptimizer(OptimizerConfig newOptimizer) {
        return new StageConfig(steps, batchSize, microBatch, newOptimizer, mask, precision, seed, checkpointEvery);
    }

    /**
     * {@return the same stage in another number format}
     *
     * @param newPrecision number format of matrix products
     */
    public StageConfig withPrecision(Precision newPrecision) {
        return new StageConfig(steps, batchSize, microBatch, optimizer, mask, newPrecision, seed, checkpointEvery);
    }

    /**
     * {@return the same stage with other masks}
     *
     * @param newSeed the seed
     */
    public StageConfig withSeed(long newSeed) {
        return new StageConfig(steps, batchSize, microBatch, optimizer, mask, precision, newSeed, checkpointEvery);
    }

    LearningRateSchedule schedule() {
        return new LearningRateSchedule(optimizer.learningRate(), optimizer.warmupSteps(), steps);
    }
}
