package org.glip.train;

/**
 * Supervised fine-tuning of the image tower.
 *
 * @param steps optimiser steps, at least 1
 * @param optimizer AdamW and its warm-up; the learning rate is that of the last layer
 * @param layerDecay what each lower layer's learning rate is multiplied with once more, in (0, 1]; 1 lets all learn
 *     alike
 */
public record FineTuneConfig(long steps, OptimizerConfig optimizer, double layerDecay) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public FineTuneConfig {
        new LearningRateSchedule(optimizer.learningRate(), optimizer.warmupSteps(), steps);
        new LayerwiseDecay(layerDecay, 1);
    }

    LearningRateSchedule schedule() {
        return new LearningRateSchedule(optimizer.learningRate(), optimizer.warmupSteps(), steps);
    }
}
