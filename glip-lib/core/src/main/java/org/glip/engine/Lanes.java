package org.glip.engine;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Threads that compute side by side, each with operators of a single thread.
 *
 * <p>Where tensors are small, threads that share each operator lose more in waiting for one another than they gain;
 * threads that share a step's work and meet only at its end do gain. What a task computes does not depend on how many
 * lanes there are.
 */
public final class Lanes implements AutoCloseable {
    private final @Nullable ExecutorService threads;

    private Lanes(@Nullable ExecutorService threads) {
        this.threads = threads;
    }

    /** {@return no threads: tasks are done by whom asks for their results, when they ask} */
    public static Lanes none() {
        return new Lanes(null);
    }

    /**
     * Starts as many lanes as an operator may use threads, see {@link Torch#threads}.
     *
     * @return the lanes, to be closed
     */
    public static Lanes open() {
        int count = Torch.threads();
        Lanes lanes = new Lanes(Executors.newFixedThreadPool(count, Lanes::thread));
        try (Work work = lanes.begin()) {
            IntStream.range(0, count).forEach(lane -> work.start(() -> lane)); // the pool starts a thread for each
        }
        // The engine keeps the setting for each thread, but a thread without one begins with what was set last.
        Torch.setThreads(count);
        return lanes;
    }

    private static Thread thread(Runnable tasks) {
        Thread thread = new Thread(
                () -> {
                    JniUtils.setNumThreads(1);
                    // A thread that has not asked yet would take over what is set when its first operator runs.
                    JniUtils.getNumThreads();
                    tasks.run();
                },
                "glip-lane");
        thread.setDaemon(true);
        return thread;
    }

    /** {@return work for the lanes, to be closed} */
    public Work begin() {
        return new Work();
    }

    /** Tasks that have all ended when this is closed, so that what they use can be freed. */
    public final class Work implements AutoCloseable {
        private final List<CompletableFuture<?>> started = new ArrayList<>();

        private Work() {}

        /**
         * Has a task done.
         *
         * @param task must not touch a tensor object that another task may touch at the same time
         * @param <T> what it makes
         * @return to be asked once for what the task makes; waits for it, and throws what it threw
         */
        public <T> Supplier<T> start(Supplier<T> task) {
            if (threads == null) {
                return task;
            }
            CompletableFuture<T> result = CompletableFuture.supplyAsync(task, threads);
            started.add(result);
            return () -> {
                try {
                    return result.join();
                } catch (CompletionException e) {
                    throw e.getCause() instanceof RuntimeException cause ? cause : e;
                }
            };
        }

        /** Waits until all tasks have ended, however they did. */
        @Override
        public void close() {
            CompletableFuture.allOf(started.toArray(CompletableFuture[]::new))
                    .exceptionally(failure -> null)
                    .join();
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        if (threads != null) {
            threads.shutdown();
        }
    }
}
