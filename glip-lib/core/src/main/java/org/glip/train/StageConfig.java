package org.glip.train;

import java.util.Objects;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.jspecify.annotations.Nullable;

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
     * Begins to describe a stage.
     *
     * @return a builder; steps, batch size and mask must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a stage. Steps, batch size and mask must be set; all else has a default. */
    public static final class Builder {
        private long steps;
        private int batchSize;
        private @Nullable Integer microBatch;
        private @Nullable OptimizerConfig optimizer;
        private @Nullable Mask mask;
        private Precision precision = Precision.FP32;
        private long seed;
        private long checkpointEvery;

        private Builder() {}

        /**
         * Sets the length.
         *
         * @param newSteps optimiser steps, at least 1
         * @return this
         */
        public Builder setSteps(long newSteps) {
            steps = newSteps;
            return this;
        }

        /**
         * Sets the batch.
         *
         * @param newBatchSize pairs a step, at least 2
         * @return this
         */
        public Builder setBatchSize(int newBatchSize) {
            batchSize = newBatchSize;
            return this;
        }

        /**
         * Sets what the image tower does not see.
         *
         * @param newMask the mask
         * @return this
         */
        public Builder setMask(Mask newMask) {
            mask = newMask;
            return this;
        }

        /**
         * Computes a batch in parts; by default at once.
         *
         * @param newMicroBatch pairs computed at once, 1 to the batch size
         * @return this
         */
        public Builder optMicroBatch(int newMicroBatch) {
            microBatch = newMicroBatch;
            return this;
        }

        /**
         * Sets the optimiser; by default the paper's, warmed up over the first tenth of the steps.
         *
         * @param newOptimizer AdamW and its warm-up
         * @return this
         */
        public Builder optOptimizer(OptimizerConfig newOptimizer) {
            optimizer = newOptimizer;
            return this;
        }

        /**
         * Sets the number format of matrix products; by default float32.
         *
         * @param newPrecision the format
         * @return this
         */
        public Builder optPrecision(Precision newPrecision) {
            precision = newPrecision;
            return this;
        }

        /**
         * Sets the seed of the masks, and of new weights; by default 0.
         *
         * @param newSeed the seed
         * @return this
         */
        public Builder optSeed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /**
         * Sets how often a checkpoint is written; by default at the end only.
         *
         * @param newCheckpointEvery steps between checkpoints, 0 for one at the end only
         * @return this
         */
        public Builder optCheckpointEvery(long newCheckpointEvery) {
            checkpointEvery = newCheckpointEvery;
            return this;
        }

        /**
         * Completes the description.
         *
         * @return the settings
         * @throws IllegalArgumentException if a number is out of range or not set
         * @throws NullPointerException if the mask is not set
         */
        public StageConfig build() {
            return new StageConfig(
                    steps,
                    batchSize,
                    microBatch == null ? batchSize : microBatch,
                    optimizer == null ? usual() : optimizer,
                    Objects.requireNonNull(mask, "a stage needs a mask, which may be Mask.none()"),
                    precision,
                    seed,
                    checkpointEvery);
        }

        private OptimizerConfig usual() {
            return OptimizerConfig.builder()
                    .optWarmupSteps(Math.max(1, steps / 10))
                    .build();
        }
    }

    /** Whether a checkpoint is due after a step, before the end. */
    boolean isCheckpointDue(long step) {
        return checkpointEvery > 0 && step % checkpointEvery == 0;
    }

    LearningRateSchedule schedule() {
        return optimizer.schedule(steps);
    }
}
