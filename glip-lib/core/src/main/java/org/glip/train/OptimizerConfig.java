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
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("weight decay must be at least 0, not " + weightDecay);
        }
        new Operators.AdamWConstants(beta1, beta2, epsilon);
    }

    /**
     * The paper's recipe: learning rate 1e-3, betas .9 and .98, epsilon 1e-6, weight decay .2, 10,000 steps of warm-up.
     *
     * @return the recipe
     */
    public static OptimizerConfig paper() {
        return new OptimizerConfig(1e-3, 0.9, 0.98, 1e-6, 0.2, 10_000);
    }

    /**
     * The same recipe at another learning rate and warm-up.
     *
     * @param newLearningRate peak learning rate
     * @param newWarmupSteps steps of warm-up
     * @return the changed recipe
     */
    public OptimizerConfig with(double newLearningRate, long newWarmupSteps) {
        return new OptimizerConfig(newLearningRate, beta1, beta2, epsilon, weightDecay, newWarmupSteps);
    }

    Operators.AdamWConstants constants() {
        return new Operators.AdamWConstants(beta1, beta2, epsilon);
    }
}
