package org.glip.notebook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * What a cell prints, on its way to the page in few messages: the kernel would send one a line, some two thousand a
 * second, and a cell that prints more would wait for them.
 *
 * <p>What is written goes on soon, at {@link #send} or when there is much of it, whatever comes first. The streams of
 * one object keep their order: before one goes on, what was written to the other is sent.
 */
final class CoalescedOutput {
    private static final int MOST_WAITING = 1 << 16;

    private final Consumer<Runnable> soon;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private OutputStream target = OutputStream.nullOutputStream();
    private boolean willSend;

    /** @param soon runs what it is given a moment later, in a thread of its own */
    CoalescedOutput(Consumer<Runnable> soon) {
        this.soon = soon;
    }

    /** Returns a stream in front of the kernel's, which sends a message at each flush. */
    OutputStream before(OutputStream kernel) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                add(kernel, bytes, offset, count);
            }

            /** After each line; it goes on soon anyway. */
            @Override
            public void flush() {}
        };
    }

    private synchronized void add(OutputStream kernel, byte[] bytes, int offset, int count) throws IOException {
        if (target != kernel) {
            send();
            target = kernel;
        }
        waiting.write(bytes, offset, count);
        if (waiting.size() >= MOST_WAITING) {
            send();
        } else if (!willSend) {
            willSend = true;
            soon.accept(this::sendLater);
        }
    }

    private synchronized void sendLater() {
        willSend = false;
        send();
    }

    /** Sends what waits, so that what is shown next stands below it. */
    synchronized void send() {
        if (waiting.size() == 0) {
            return;
        }
        try {
            waiting.writeTo(target);
            target.flush();
        } catch (IOException e) {
            // The page is gone, and with it whoever could read of it; a print stream swallows this too.
        } finally {
            waiting.reset();
        }
    }
}
