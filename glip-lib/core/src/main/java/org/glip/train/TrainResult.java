package org.glip.train;

/**
 * How a stage of training ended.
 *
 * @param steps optimiser steps done in all
 * @param samples pairs seen in all
 * @param loss mean loss of the last steps, at most 50
 * @param seconds wall time of this call
 * @param trainingSeconds wall time without waiting for data
 * @param interrupted whether it stopped because its thread was interrupted; with a folder it can go on from a checkpoint
 */
public record TrainResult(
        long steps, long samples, double loss, double seconds, double trainingSeconds, boolean interrupted) {}
