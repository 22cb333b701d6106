package org.glip.train;

import java.io.IOException;
import java.util.function.LongSupplier;

/** What a stage stops its steps for now and then, such as checkpoints: how often it did, and how long it took. */
final class Stops {
    private final LongSupplier clock;
    private long nanos;
    private long count;

    /** @param clock nanoseconds from any time on */
    Stops(LongSupplier clock) {
        this.clock = clock;
    }

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Does something and takes note of the time, however it ends. */
    void time(Work work) throws IOException {
        long begin = clock.getAsLong();
        try {
            work.run();
        } finally {
            nanos += clock.getAsLong() - begin;
            count++;
        }
    }

    /** Wall time of all so far. */
    long nanos() {
        return nanos;
    }

    /** Mean wall time of one; 0 before the first. */
    double meanSeconds() {
        return count == 0 ? 0 : nanos / 1e9 / count;
    }
}
