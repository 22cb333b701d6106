package org.glip.random;

import org.glip.random.KeyedRandom.Purpose;

/**
 * The numbers 0 to count - 1 in an order that is a pure function of its key, as the streams of {@link KeyedRandom} are.
 * Any place can be asked for at once, and nothing is kept in memory: a Feistel network over the next power of four
 * (Luby and Rackoff 1988), walked until it comes to a number below the count (Black and Rogaway 2002). Safe for use by
 * several threads.
 */
public final class KeyedPermutation {
    /** Four give a pseudo-random permutation; more cost little, and small counts need them. */
    private static final int ROUNDS = 8;

    /** Networks of fewer bits reach some orders of few numbers more often than others. */
    private static final int FEWEST_HALF_BITS = 4;

    private final long count;
    private final int halfBits;
    private final long halfMask;
    private final long[] keys;

    /**
     * The order of a key.
     *
     * @param count how many numbers, 1 to 2^62
     * @param seed the run's seed
     * @param purpose what the order is for
     * @param step the training step or the epoch
     * @param index further part of the key
     * @throws IllegalArgumentException if the count is out of range
     */
    public KeyedPermutation(long count, long seed, Purpose purpose, long step, long index) {
        if (count < 1 || count > 1L << 62) {
            throw new IllegalArgumentException("an order has 1 to 2^62 numbers, not " + count);
        }
        this.count = count;
        this.halfBits = Math.max(FEWEST_HALF_BITS, (Long.SIZE - Long.numberOfLeadingZeros(count - 1) + 1) / 2);
        this.halfMask = (1L << halfBits) - 1;
        this.keys = KeyedRandom.stream(seed, purpose, step, index).longs(ROUNDS).toArray();
    }

    /**
     * {@return the number at a place}
     *
     * @param place 0 to count - 1
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public long at(long place) {
        if (place < 0 || place >= count) {
            throw new IndexOutOfBoundsException("place " + place + " of an order of " + count + " numbers");
        }
        long number = place;
        do {
            number = encrypt(number);
        } while (number >= count);
        return number;
    }

    private long encrypt(long number) {
        long left = number >>> halfBits;
        long right = number & halfMask;
        for (long key : keys) {
            long next = left ^ KeyedRandom.mix(right ^ key) & halfMask;
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
