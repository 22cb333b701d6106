package org.glip.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Between construction and closing, a signal that ends the program (Ctrl-C, kill) interrupts the thread that made this,
 * and the program ends only after {@link #close}; so a run can still write its checkpoint.
 */
final class StopSignal implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    StopSignal() {
        Thread worker = Thread.currentThread();
        hook = new Thread(() -> stop(worker), "glip-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop(Thread worker) {
        worker.interrupt();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the virtual machine itself gives up waiting
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is ending already: the hook runs, and now returns
        }
    }
}
