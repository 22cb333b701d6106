package org.glip.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The clock of a stage: how fast its last steps were, which part of their time they waited for data, and how long the
 * rest of it will take. Time in which the stage stops for a validation or a checkpoint is that of no step.
 *
 * <p>What is left is estimated by the later half of the steps so far, so that the first ones, which are slow, soon
 * count no more; by the stops that are due, each as long as those of its kind so far; and by what is written at the
 * end. Of a kind of stop that has not been yet, nothing is known, and it counts nothing.
 */
final class StageClock {
    /** Steps by which the speed is told. */
    private static final int LAST_STEPS = 20;

    /** The most steps by which the rest is estimated: enough to meet what comes now and then, such as new shards. */
    private static final int MOST_STEPS = 500;

    /** What is written at the end, in checkpoints: one, and a model, which is a third of one. */
    private static final double END_IN_CHECKPOINTS = 4.0 / 3;

    private final long totalSteps;
    private final long checkpointEvery;
    private final ValidationTimes validation;
    private final Stops checkpoints;
    private final LongSupplier clock;
    private final long start;
    private final List<Mark> marks = new ArrayList<>();
    private long waited;
    private long computed;
    private long steps;

    /** The end of a step; at first the beginning of the stage. */
    private record Mark(long running, long waited, long samples) {}

    /** A clock that begins now. */
    StageClock(StageConfig config, ValidationTimes validation) {
        this(config.steps(), config.checkpointEvery(), validation, System::nanoTime);
    }

    /**
     * A clock that begins now.
     *
     * @param checkpointEvery steps between checkpoints, 0 for none before the end
     * @param clock nanoseconds from any time on; the validation's too
     */
    StageClock(long totalSteps, long checkpointEvery, ValidationTimes validation, LongSupplier clock) {
        this.totalSteps = totalSteps;
        this.checkpointEvery = checkpointEvery;
        this.validation = validation;
        this.checkpoints = new Stops(clock);
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    /** A clock of steps and nothing else. */
    static StageClock ofSteps(long totalSteps) {
        return new StageClock(totalSteps, 0, ValidationTimes.never(), System::nanoTime);
    }

    /** Begins the steps. */
    void begin(long stepsDone, long samplesSeen) {
        steps = stepsDone;
        marks.add(new Mark(running(), waited, samplesSeen));
    }

    /** Waits for data. */
    <T> T awaiting(Supplier<T> data) {
        long begin = clock.getAsLong();
        try {
            return data.get();
        } finally {
            waited += clock.getAsLong() - begin;
        }
    }

    /** Computes a step. */
    <T> T computing(Supplier<T> step) {
        long begin = clock.getAsLong();
        T result = step.get();
        computed += clock.getAsLong() - begin;
        return result;
    }

    /** Takes note of the end of a step. */
    void stepDone(long samplesSeen) {
        steps++;
        if (marks.size() > MOST_STEPS) {
            marks.remove(0);
        }
        marks.add(new Mark(running(), waited, samplesSeen));
    }

    /** Looks at the model, where that is due. */
    ValidationTimes validation() {
        return validation;
    }

    /** Has a checkpoint made. */
    void checkpoint(Stops.Work work) throws IOException {
        checkpoints.time(work);
    }

    /** Samples a second over the last steps, waiting for data included. */
    double samplesPerSecond() {
        Mark then = before(LAST_STEPS - 1);
        Mark now = before(0);
        return (now.samples - then.samples) * 1e9 / Math.max(1, now.running - then.running);
    }

    /** The part of the time of the last steps in which they waited for data, in [0, 1]. */
    double dataWait() {
        Mark then = before(LAST_STEPS - 1);
        Mark now = before(0);
        return (double) (now.waited - then.waited) / Math.max(1, now.running - then.running);
    }

    /** An estimate for the rest of the stage; what is due after the step that was done last is still to come. */
    double secondsLeft() {
        int counted = marks.size() / 2; // half of the steps, the middle one included
        double secondsAStep = (before(0).running - before(counted).running) / 1e9 / Math.max(1, counted);
        return (totalSteps - steps) * secondsAStep
                + validation.secondsLeft(steps, totalSteps)
                + (checkpointsLeft() + END_IN_CHECKPOINTS) * checkpoints.meanSeconds();
    }

    private long checkpointsLeft() {
        return checkpointEvery == 0 ? 0 : totalSteps / checkpointEvery - (steps - 1) / checkpointEvery;
    }

    private Mark before(int stepsAgo) {
        return marks.get(Math.max(0, marks.size() - 1 - stepsAgo));
    }

    /** Wall time without validations and checkpoints. */
    private long running() {
        return clock.getAsLong() - start - validation.nanos() - checkpoints.nanos();
    }

    /** Wall time so far, validations left out. */
    double seconds() {
        return (clock.getAsLong() - start - validation.nanos()) / 1e9;
    }

    /** Wall time so far in which steps were computed. */
    double computingSeconds() {
        return computed / 1e9;
    }
}
