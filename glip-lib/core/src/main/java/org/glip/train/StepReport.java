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
 * @param gradientNorm Euclidean norm of the loss's gradients by all weights, of all ranks together; not a number where
 *     it is not computed, as in fine-tuning
 * @param samplesPerSecond speed of the last steps, waiting for data included, validations and checkpoints left out
 * @param dataWait the part of the time of the last steps in which they waited for data, in [0, 1]; of several ranks,
 *     for that of any
 * @param badSamples samples left out since the beginning of the run up to this step, by all ranks
 * @param secondsLeft estimate for the rest of the stage, with the validations and checkpoints that are due, once there
 *     has been one of them
 * @param validation what the validation found after the step; empty where none was due
 */
public record StepReport(
        long step,
        long totalSteps,
        long samples,
        double loss,
        double learningRate,
        double logitScale,
        double gradientNorm,
        double samplesPerSecond,
        double dataWait,
        long badSamples,
        double secondsLeft,
        Optional<ValidationReport> validation) {
    /** The same with what a validation found after it, and what is left then. */
    StepReport with(Optional<ValidationReport> found, double left) {
        return new StepReport(
                step,
                totalSteps,
                samples,
                loss,
                learningRate,
                logitScale,
                gradientNorm,
                samplesPerSecond,
                dataWait,
                badSamples,
                left,
                found);
    }
}
