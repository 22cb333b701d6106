package org.glip.experiment;

import java.io.IOException;
import java.util.concurrent.CancellationException;

/**
 * Work whose thread may be interrupted. A file channel closes itself then, and what reads it takes the file for
 * damaged; that is no error of the file.
 */
final class Interruptible {
    private Interruptible() {}

    /** What is done. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does the work.
     *
     * @throws CancellationException if the thread is or was interrupted; its flag stays set
     */
    static <T> T run(String name, Work<T> work) throws IOException {
        requireNotInterrupted(name);
        try {
            return work.run();
        } catch (IOException e) {
            requireNotInterrupted(name);
            throw e;
        }
    }

    /** @throws CancellationException if the thread is interrupted; its flag stays set */
    static void requireNotInterrupted(String name) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(name + " was interrupted");
        }
    }
}
