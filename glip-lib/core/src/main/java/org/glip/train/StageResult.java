package org.glip.train;

import java.util.Optional;

/**
 * How a stage of training ended.
 *
 * @param steps optimiser steps done in all
 * @param samples pairs seen in all
 * @param loss mean loss of the last steps, at most 50
 * @param seconds wall time of this call, validations left out
 * @param trainingSeconds wall time without waiting for data
 * @param cpuSeconds processor time of the process meanwhile, all threads together, decoding among them and validations
 *     left out; empty where the system does not tell, and where a GPU does the work
 * @param interrupted whether it stopped because its thread was interrupted; with checkpoints it can go on from the last
 */
public record StageResult(
        long steps,
        long samples,
        double loss,
        double seconds,
        double trainingSeconds,
        Optional<Double> cpuSeconds,
        boolean interrupted) {
    /** The same with the processor time that it took. */
    StageResult after(Optional<Double> newCpuSeconds) {
        return new StageResult(steps, samples, loss, seconds, trainingSeconds, newCpuSeconds, interrupted);
    }
}
