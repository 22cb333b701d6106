package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.glip.notebook.LastingInterrupt.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LastingInterruptTest {
    private static final Instant CAME = Instant.parse("2024-03-16T12:00:00Z");
    private static final Optional<Cell> IDLE = Optional.empty();
    private static final Optional<Cell> CELL = Optional.of(new Cell("a", CAME.minusMillis(5)));
    private static final Optional<Cell> OTHER = Optional.of(new Cell("b", CAME.minusMillis(5)));
    private static final Optional<Cell> LATER = Optional.of(new Cell("c", CAME.plusMillis(5)));

    private Optional<Cell> now = IDLE;
    private int interrupts;

    /** Counts interrupts while the kernel does one thing after the other, a pause each. */
    private int interruptsDuring(List<Optional<Cell>> cells) throws InterruptedException {
        Iterator<Optional<Cell>> times = cells.iterator();
        now = times.next();
        LastingInterrupt interrupt = new LastingInterrupt(() -> now, () -> interrupts++);
        interrupt.untilItEnds(now, CAME, () -> now = times.hasNext() ? times.next() : IDLE);
        return interrupts;
    }

    @Test
    void goesOnUntilTheCellHasEnded() throws InterruptedException {
        assertEquals(4, interruptsDuring(List.of(CELL, CELL, CELL, CELL, IDLE, IDLE)));
    }

    @Test
    void waitsAMomentForACellThatIsOnItsWay() throws InterruptedException {
        assertEquals(2, interruptsDuring(List.of(IDLE, IDLE, IDLE, CELL, CELL, IDLE)));
    }

    @Test
    void leavesTheNextCellAlone() throws InterruptedException {
        assertEquals(1, interruptsDuring(List.of(CELL, OTHER, OTHER, OTHER, IDLE)));
    }

    @Test
    void leavesACellAloneThatWasAskedForAfterwards() throws InterruptedException {
        assertEquals(0, interruptsDuring(List.of(IDLE, LATER, LATER, LATER, IDLE)));
    }

    @Test
    void anIdleKernelIsNotInterruptedLater() throws InterruptedException {
        List<Optional<Cell>> times =
                new ArrayList<>(Collections.nCopies(LastingInterrupt.PAUSES_BEFORE_A_CELL + 1, IDLE));
        times.addAll(List.of(CELL, CELL));
        assertEquals(0, interruptsDuring(times));
    }

    @Test
    @Timeout(60) // a guard, not a measurement
    void asksInAThreadOfItsOwnHoweverOftenItIsAskedMeanwhile() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(3);
        AtomicReference<LastingInterrupt> self = new AtomicReference<>();
        LastingInterrupt interrupt = new LastingInterrupt(() -> left.getCount() == 0 ? IDLE : CELL, () -> {
            left.countDown();
            self.get().ask(); // the kernel's own interrupt is told too
        });
        self.set(interrupt);
        interrupt.ask();
        left.await();
    }
}
