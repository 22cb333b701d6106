package org.glip.notebook;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * An interrupt that holds until the cell has ended. The kernel's own reaches what runs at that very moment and is lost
 * while a snippet compiles, between two snippets, and where the request for the cell is still on its way.
 */
final class LastingInterrupt {
    private static final long PAUSE_MILLIS = 10;

    /** A second: requests and interrupts come by channels of their own, and a busy machine is slow to look. */
    static final int PAUSES_BEFORE_A_CELL = 100;

    private final Supplier<Optional<Cell>> running;
    private final Runnable once;
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * A cell at work.
     *
     * @param id of its request
     * @param requested when a reader asked for it
     */
    record Cell(String id, Instant requested) {}

    /**
     * An interrupt of a kernel.
     *
     * @param running the cell at work, none where the kernel is idle
     * @param once the kernel's own interrupt, which does no harm where nothing can be interrupted
     */
    LastingInterrupt(Supplier<Optional<Cell>> running, Runnable once) {
        this.running = running;
        this.once = once;
    }

    /** Begins to interrupt the cell at work, in a thread of its own; does nothing while that goes on. */
    void ask() {
        if (asked.compareAndSet(false, true)) {
            Instant now = Instant.now();
            Optional<Cell> cell = running.get();
            Thread thread = new Thread(() -> untilItEnds(cell, now), "glip-interrupt");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void untilItEnds(Optional<Cell> cell, Instant now) {
        try {
            untilItEnds(cell, now, () -> Thread.sleep(PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // by nobody that is known
        } finally {
            asked.set(false);
        }
    }

    /** What passes the time between two looks. */
    @FunctionalInterface
    interface Pause {
        void take() throws InterruptedException;
    }

    /**
     * Interrupts a cell again and again until it has ended.
     *
     * @param atWork the cell; where there is none, the next one that begins within a moment and was asked for before
     *     the interrupt
     * @param came when the interrupt came
     */
    void untilItEnds(Optional<Cell> atWork, Instant came, Pause pause) throws InterruptedException {
        Optional<Cell> cell = atWork;
        for (int pauses = 0; cell.isEmpty() && pauses < PAUSES_BEFORE_A_CELL; pauses++) {
            pause.take();
            cell = running.get();
            if (cell.isPresent() && cell.get().requested().isAfter(came)) {
                return;
            }
        }
        while (cell.isPresent() && running.get().equals(cell)) {
            once.run();
            pause.take();
        }
    }
}
