package org.glip.image;

import java.util.concurrent.Semaphore;

/**
 * The part of Java's heap that threads have for decoded pictures, a third: large pictures wait for each other, small
 * ones do not notice. A picture that needs more than all of it is refused by {@link ImageDecoder}, however many threads
 * there are, so that their number changes nothing but the time.
 *
 * <p>Safe for use by several threads.
 */
public final class DecodingMemory {
    private static final int PART_OF_HEAP = 3;
    private static final long KIBIBYTE = 1024;

    private final int all;
    private final Semaphore free;

    private DecodingMemory(long bytes) {
        this.all = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / KIBIBYTE));
        this.free = new Semaphore(all, true);
    }

    /** {@return the memory that the heap's limit (-Xmx) leaves to pictures} */
    public static DecodingMemory ofTheHeap() {
        return of(mostBytes());
    }

    static DecodingMemory of(long bytes) {
        return new DecodingMemory(bytes);
    }

    /** What one picture may take. */
    static long mostBytes() {
        return Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    }

    /**
     * Waits until there is room for a picture.
     *
     * @param picture to be decoded
     * @return to be closed when the decoded picture is not needed any more
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Room roomFor(EncodedPicture picture) throws InterruptedException {
        int needed = (int) Math.min(all, (picture.bytes() + KIBIBYTE - 1) / KIBIBYTE);
        free.acquire(needed);
        return new Room(needed);
    }

    /** Room for one picture. */
    public final class Room implements AutoCloseable {
        private final int taken;

        private Room(int taken) {
            this.taken = taken;
        }

        /** Gives the room back. */
        @Override
        public void close() {
            free.release(taken);
        }
    }
}
