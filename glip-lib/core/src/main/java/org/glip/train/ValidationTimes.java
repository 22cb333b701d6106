package org.glip.train;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.glip.model.ClipModel;

/** Lets a validation look at the model when it is due, and keeps its time apart from that of the training. */
final class ValidationTimes {
    private final long every;
    private final Validation validation;
    private final Stops stops;
    private Duration processorTimeSpent = Duration.ZERO;

    /** @param every steps from one to the next; 0 for never */
    ValidationTimes(long every, Validation validation) {
        this(every, validation, System::nanoTime);
    }

    /** @param clock nanoseconds from any time on */
    ValidationTimes(long every, Validation validation, LongSupplier clock) {
        this.every = every;
        this.validation = validation;
        this.stops = new Stops(clock);
    }

    static ValidationTimes never() {
        return new ValidationTimes(0, model -> Map.of());
    }

    /** Also after the last step, so that a curve ends where the training does. */
    boolean isDue(long step, long totalSteps) {
        return every > 0 && (step % every == 0 || step == totalSteps);
    }

    /**
     * Measures, and takes note of the time.
     *
     * @return the figures; nothing if the thread was interrupted meanwhile
     */
    Optional<Map<String, Double>> measure(ClipModel model) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        Optional<Duration> before = processorTime();
        try {
            stops.time(() -> figures.putAll(validation.measure(model)));
            return Optional.of(figures);
        } catch (CancellationException e) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            throw e;
        } finally {
            before.flatMap(ValidationTimes::since)
                    .ifPresent(time -> processorTimeSpent = processorTimeSpent.plus(time));
        }
    }

    /** An estimate of the wall time of those that are due from a step on, by those so far; 0 before the first. */
    double secondsLeft(long step, long totalSteps) {
        if (every == 0 || step >= totalSteps) {
            return 0;
        }
        long due = totalSteps / every - step / every + (totalSteps % every == 0 ? 0 : 1);
        return due * stops.meanSeconds();
    }

    /** Wall time of all so far. */
    long nanos() {
        return stops.nanos();
    }

    /** Processor time of the process meanwhile, zero where the system does not tell. */
    Duration processorTimeSpent() {
        return processorTimeSpent;
    }

    /** Processor time of the process so far. */
    static Optional<Duration> processorTime() {
        return ProcessHandle.current().info().totalCpuDuration();
    }

    /** Processor time of the process since a reading. */
    static Optional<Duration> since(Duration before) {
        return processorTime().map(now -> now.minus(before));
    }
}
