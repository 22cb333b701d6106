package org.glip.eval;

import java.util.concurrent.CancellationException;

/** Ends a long evaluation when its thread is interrupted. */
final class Interruption {
    private Interruption() {}

    /**
     * @param what is running
     * @throws CancellationException if the thread is interrupted; the flag stays set
     */
    static void check(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(what + " was interrupted");
        }
    }
}
