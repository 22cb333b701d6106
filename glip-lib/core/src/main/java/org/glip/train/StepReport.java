package org.glip.train;

import java.util.Optional;

/**
 * What a step of training did.
 *
 * @param step steps done so far, this one included
 * @param totalSteps steps of the stage
 * @param samples pairs seen so far in this stage
 * @param loss contrastive loss before the step's update
 * @param learningRate learning rate of the step
 * @param logitScale factor of the cosine similarities, e to the parameter, after the step
 * @param samplesPerSecond speed of the last steps, waiting for data included and validations left out
 * @param secondsLeft estimate for the rest of the stage, its validations included once one has been
 * @param validation what the validation found after the step; empty where none was due
 */
public record StepReport(
        long step,
        long totalSteps,
        long samples,
        double loss,
        double learningRate,
        double logitScale,
        double samplesPerSecond,
        double secondsLeft,
        Optional<ValidationReport> validation) {
    /** The same with what a validation found after it. */
    StepReport with(Optional<ValidationReport> found) {
        return new StepReport(
                step, totalSteps, samples, loss, learningRate, logitScale, samplesPerSecond, secondsLeft, found);
    }
}
