package org.glip.train;

import org.glip.engine.Operators;

/**
 * AdamW as the paper sets it.
 *
 * @param learningRate peak learning rate
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled decay of tensors of two and more dimensions; gains, biases and the logit scale have none
 * @param warmupSteps steps of linear warm-up
 */
public record OptimizerConfig(
        double learningRate, double beta1, double beta2, double epsilon, double weightDecay, long warmupSteps) {
    /** Checks the ranges. */
    public OptimizerConfig {
        LearningRateSchedule.requirePeak(learningRate);
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("weight decay must be at least 0, not " + weightDecay);
        }
        new Operators.AdamWConstants(beta1, beta2, epsilon);
    }

    /**
     * Returns the paper's recipe: learning rate 1e-3, betas .9 and .98, epsilon 1e-6, weight decay .2, 10,000 steps of
     * warm-up.
     *
     * @return the recipe
     */
    public static OptimizerConfig paper() {
        return builder().build();
    }

    /**
     * Begins with the paper's recipe.
     *
     * @return a builder that needs nothing set
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Changes the paper's recipe. */
    public static final class Builder {
        private double learningRate = 1e-3;
        private double beta1 = 0.9;
        private double beta2 = 0.98;
        private double epsilon = 1e-6;
        private double weightDecay = 0.2;
        private long warmupSteps = 10_000;

        private Builder() {}

        /**
         * Sets the peak learning rate.
         *
         * @param newLearningRate above 0
         * @return this
         */
        public Builder optLearningRate(double newLearningRate) {
            learningRate = newLearningRate;
            return this;
        }

        /**
         * Sets the decays of both moments.
         *
         * @param newBeta1 of the first, in [0,1)
         * @param newBeta2 of the second, in [0,1)
         * @return this
         */
        public Builder optBetas(double newBeta1, double newBeta2) {
            beta1 = newBeta1;
            beta2 = newBeta2;
            return this;
        }

        /**
         * Sets what is added to the root of the second moment.
         *
         * @param newEpsilon above 0
         * @return this
         */
        public Builder optEpsilon(double newEpsilon) {
            epsilon = newEpsilon;
            return this;
        }

        /**
         * Sets the decoupled weight decay.
         *
         * @param newWeightDecay at least 0
         * @return this
         */
        public Builder optWeightDecay(double newWeightDecay) {
            weightDecay = newWeightDecay;
            return this;
        }

        /**
         * Sets the steps of linear warm-up.
         *
         * @param newWarmupSteps at least 0
         * @return this
         */
        public Builder optWarmupSteps(long newWarmupSteps) {
            warmupSteps = newWarmupSteps;
            return this;
        }

        /**
         * Completes the recipe.
         *
         * @return the recipe
         * @throws IllegalArgumentException if a number is out of range
         */
        public OptimizerConfig build() {
            return new OptimizerConfig(learningRate, beta1, beta2, epsilon, weightDecay, warmupSteps);
        }
    }

    LearningRateSchedule schedule(long steps) {
        return new LearningRateSchedule(learningRate, warmupSteps, steps);
    }

    Operators.AdamWConstants constants() {
        return new Operators.AdamWConstants(beta1, beta2, epsilon);
    }
}
