package org.glip.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thread reads, several prepare, one takes: samples come out in the order in which they are read, however the
 * workers overtake each other. Where nobody takes, reading stops as soon as the queue of results, done or not, is full.
 */
final class PreparationPipeline implements AutoCloseable {
    /** For a thread that hangs in a file system and hears no interrupt; it ends with the program. */
    private static final long CLOSE_SECONDS = 10;

    private final CandidateReader candidates;
    private final SamplePreparation preparation;
    private final LoaderConfig config;
    private final BlockingQueue<Future<@Nullable LoaderItem>> results;

    /** For candidates, so many that may be read before they are taken; ends of passes need none. */
    private final Semaphore room;

    private final ExecutorService workers;
    private final Thread reader;

    /** All threads of this pipeline, the reader's and the workers' as they come. */
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    /** What the taking thread waits for; kept where waiting is interrupted, so that no sample is lost. */
    private @Nullable Future<@Nullable LoaderItem> inHand;

    /**
     * Starts the threads.
     *
     * @param candidates what to read
     * @param preparation what to do to each sample
     * @param config threads that prepare, and which rows of a batch are to be prepared at all
     */
    PreparationPipeline(CandidateReader candidates, SamplePreparation preparation, LoaderConfig config) {
        this.candidates = candidates;
        this.config = config;
        this.preparation = preparation;
        this.results = new LinkedBlockingQueue<>();
        this.room = new Semaphore(Math.max(config.batchSize(), 2 * config.workers()));
        this.workers = Executors.newFixedThreadPool(config.workers(), daemons());
        this.reader = new Thread(this::read, "glip-loader-reader");
        reader.setDaemon(true);
        threads.add(reader);
        reader.start();
    }

    private ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "glip-loader-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }

    private void read() {
        Future<@Nullable LoaderItem> last;
        try {
            candidates.readAll(new Submission());
            last = CompletableFuture.completedFuture(null);
        } catch (InterruptedException e) {
            return; // closed
        } catch (UncheckedIOException e) {
            last = CompletableFuture.failedFuture(e.getCause());
        } catch (IOException | RuntimeException | Error e) {
            // any error at all must reach the thread that waits, or that would wait for ever
            last = CompletableFuture.failedFuture(e);
        }
        try {
            results.put(last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody waits any more
        }
    }

    /** Hands candidates to the workers, and all that is read to the queue of results. */
    private final class Submission implements CandidateReader.Sink {
        private long row;

        @Override
        public void accept(Candidate candidate, SkipLog.Part skipped) throws InterruptedException {
            boolean isOwn = config.share().has(row++ % config.batchSize(), config.batchSize());
            FutureTask<@Nullable LoaderItem> task = new FutureTask<>(() ->
                    isOwn ? preparation.prepare(candidate, skipped) : PreparedSample.leftToOthers(candidate, skipped));
            room.acquire(); // first, because this is where the reader waits
            results.put(task);
            if (!isOwn) {
                task.run();
                return;
            }
            try {
                workers.execute(task);
            } catch (RejectedExecutionException e) {
                task.cancel(false); // closed meanwhile; the task may be in hand already
                throw new InterruptedException();
            }
        }

        @Override
        public void endPass(long epoch, SkipLog.Part skipped) throws InterruptedException {
            results.put(CompletableFuture.completedFuture(new LoaderItem.PassEnd(epoch, skipped)));
        }
    }

    /**
     * Waits for the next sample or end of a pass.
     *
     * @return what comes next, or null if the source has come to its end
     * @throws IOException the reader's error, at the place in the order where it happened
     * @throws InterruptedException if this thread is interrupted; a later call goes on with the same sample
     * @throws CancellationException if the pipeline is closed meanwhile
     */
    @Nullable
    LoaderItem next() throws IOException, InterruptedException {
        if (inHand == null) {
            inHand = results.take();
            if (inHand instanceof FutureTask) {
                room.release();
            }
        }
        LoaderItem item;
        try {
            item = inHand.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException readError) {
                throw readError;
            }
            throw new IllegalStateException("The loader stopped: " + e.getCause(), e.getCause());
        }
        if (item != null) {
            inHand = null;
        }
        return item;
    }

    /**
     * Ends the threads and waits until they are gone, each with the sample that it has in work, also where the calling
     * thread is interrupted: its flag stays set.
     */
    @Override
    public void close() {
        reader.interrupt();
        for (Runnable waiting : workers.shutdownNow()) {
            ((Future<?>) waiting).cancel(false);
        }
        awaitThreads();
        results.clear();
        CompletableFuture<@Nullable LoaderItem> closed = new CompletableFuture<>();
        closed.cancel(false);
        results.offer(closed);
    }

    /** Not by the service of the workers, which calls itself terminated while its last thread is on its way out. */
    private void awaitThreads() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        boolean interrupted = Thread.interrupted();
        for (Thread thread : threads) {
            while (thread.isAlive() && System.nanoTime() < deadline) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
