package org.glip.random;

import java.util.SplittableRandom;

/**
 * Random streams that are a pure function of their key.
 *
 * <p>The key is (run seed, purpose, step, index). Two calls with the same key give the same numbers in any thread,
 * process, batch split or order; keys that differ in one part give unrelated streams. {@code index} is the global
 * sample index for whatever belongs to a sample, and 0 for whatever belongs to the run.
 *
 * <p>The JDK promises the numbers of {@link SplittableRandom} within a program only. Commons RNG's SplitMix64, which
 * has a specification, gives the same longs and doubles for every seed, but other bounded integers and, once in eighty,
 * another normal number: with it all weights, shuffles and scenes would change. So a test holds the numbers literally.
 */
public final class KeyedRandom {
    private KeyedRandom() {}

    /**
     * What a stream is used for, so that streams of one sample never share numbers. The ordinals are part of the
     * result.
     */
    public enum Purpose {
        /** Which patches a mask keeps. */
        MASK,
        /** Crops and flips of training pictures. */
        AUGMENTATION,
        /** The order of samples and shards. */
        SHUFFLE,
        /** Initial weights. */
        INITIALISATION,
        /** The making of data: placements, captions. */
        COMPOSITION,
        /** Resampling in statistics. */
        BOOTSTRAP,
        /** Which of several captions a picture has. */
        CAPTION
    }

    /**
     * Opens the stream of a key.
     *
     * @param seed the run's seed
     * @param purpose what the numbers are for
     * @param step the training step, or 0
     * @param index the global sample index, or 0
     * @return a generator at the start of its stream; it is not to be shared between threads
     */
    public static SplittableRandom stream(long seed, Purpose purpose, long step, long index) {
        long key = mix(seed + 0x9E3779B97F4A7C15L * (purpose.ordinal() + 1L));
        key = mix(key ^ mix(step + 0xD1B54A32D192ED03L));
        key = mix(key ^ mix(index + 0x8CB92BA72F3D8DD7L));
        return new SplittableRandom(key);
    }

    /** The finaliser of SplitMix64: a bijection whose output bits each depend on every input bit. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
