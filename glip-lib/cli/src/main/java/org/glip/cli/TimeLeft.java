package org.glip.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressState;

/**
 * How long something still takes: as long as was told last, less the time since; where nothing was told, by what is
 * done, as if all parts took as long. Told by one thread, asked for by another.
 */
final class TimeLeft {
    private final LongSupplier clock;

    /** When the end is to be expected, in the clock's time; below zero where that is not known. */
    private volatile long end = -1;

    /** @param clock nanoseconds from any time on */
    TimeLeft(LongSupplier clock) {
        this.clock = clock;
    }

    /** @param seconds how long it will take from now on */
    void tell(double seconds) {
        end = Math.max(0, clock.getAsLong() + (long) (seconds * 1e9));
    }

    Optional<Duration> now(ProgressState state) {
        if (end >= 0) {
            return Optional.of(Duration.ofNanos(Math.max(0, end - clock.getAsLong())));
        }
        return state.isIndefinite()
                ? Optional.empty()
                : proportional(
                        state.getCurrent() - state.getStart(),
                        state.getMax() - state.getCurrent(),
                        state.getElapsedAfterStart());
    }

    static Optional<Duration> proportional(long done, long left, Duration elapsed) {
        return done <= 0
                ? Optional.empty()
                : Optional.of(elapsed.multipliedBy(Math.max(0, left)).dividedBy(done));
    }
}
