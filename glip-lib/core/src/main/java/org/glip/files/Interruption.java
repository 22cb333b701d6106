package org.glip.files;

import java.util.concurrent.CancellationException;

/** Ends long work when its thread is interrupted. */
public final class Interruption {
    private Interruption() {}

    /**
     * Asks whether the work should go on.
     *
     * @param what is running
     * @throws CancellationException if the thread is interrupted; the flag stays set
     */
    public static void check(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(what + " was interrupted");
        }
    }
}
