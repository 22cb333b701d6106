package org.glip.files;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Writes files while the calling thread is being told to stop. A channel closes itself when its thread is interrupted,
 * and what is to be saved on the way out would be lost; so the work is done by a thread that nobody interrupts.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Work on files. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does the work.
         *
         * @throws IOException where a file cannot be written
         */
        void run() throws IOException;
    }

    /**
     * Does the work and waits for it, however often this thread is interrupted; its interrupt flag is set afterwards if
     * it was set before or meanwhile.
     *
     * @param work what to do
     * @throws IOException what the work throws; unchecked exceptions too pass through
     */
    public static void run(Work work) throws IOException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        new Thread(task, "glip-files").start();
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            rethrow(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void rethrow(Throwable cause) throws IOException {
        if (cause instanceof IOException io) {
            throw io;
        } else if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }
}
