package org.glip.scenes;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work by several threads whose results arrive in order, so that what is written does not depend on their number. */
final class OrderedParallel {
    /** Results that may wait for an earlier one, per thread: bounds the memory. */
    private static final int AHEAD = 32;

    private final int threads;

    OrderedParallel(int threads) {
        this.threads = threads;
    }

    /** Makes the result of an index. */
    @FunctionalInterface
    interface Work<T> {
        T at(int index) throws IOException;
    }

    /** Takes the result of an index. */
    @FunctionalInterface
    interface Sink<T> {
        void accept(int index, T result) throws IOException;
    }

    /**
     * Calls {@code work} for 0 to {@code count - 1}, and {@code sink} with each result, in this order, on the calling
     * thread.
     *
     * @throws IOException the first, by index, that was thrown; {@link InterruptedIOException} if the thread was
     *     interrupted
     */
    <T> void run(int count, Work<T> work, Sink<T> sink) throws IOException {
        ExecutorService executor = Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "scenes");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Deque<Future<T>> pending = new ArrayDeque<>();
            int submitted = 0;
            for (int taken = 0; taken < count; taken++) {
                for (; submitted < count && pending.size() < threads * AHEAD; submitted++) {
                    int index = submitted;
                    pending.add(executor.submit(() -> work.at(index)));
                }
                sink.accept(taken, result(pending.remove()));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            if (Thread.interrupted()) { // get() itself looks only when it has to wait
                throw new InterruptedException();
            }
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
