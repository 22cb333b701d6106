package org.glip.train;

/**
 * What a step of training did.
 *
 * @param step steps done so far, this one included
 * @param totalSteps steps of the stage
 * @param samples pairs seen so far in this stage
 * @param loss contrastive loss before the step's update
 * @param learningRate learning rate of the step
 * @param logitScale factor of the cosine similarities, e to the parameter, after the step
 * @param samplesPerSecond speed of the last steps, waiting for data included
 * @param secondsLeft estimate for the rest of the stage
 */
public record StepReport(
        long step,
        long totalSteps,
        long samples,
        double loss,
        double learningRate,
        double logitScale,
        double samplesPerSecond,
        double secondsLeft) {}
