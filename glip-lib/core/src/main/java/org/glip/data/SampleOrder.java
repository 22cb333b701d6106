package org.glip.data;

import java.util.SplittableRandom;
import org.glip.random.KeyedPermutation;
import org.glip.random.KeyedRandom;
import org.glip.random.KeyedRandom.Purpose;

/**
 * In which order a source gives its samples: a function of the seed and the epoch, nothing else.
 *
 * @param seed the run's seed
 * @param shuffleBuffer 0 for the order in which the samples are stored. Otherwise sources that hold a list of their
 *     samples shuffle it completely, and webdataset sources shuffle the order of the shards and then draw from a
 *     buffer of this many samples; {@link #WHOLE} for an order over all samples
 */
public record SampleOrder(long seed, int shuffleBuffer) {
    /**
     * A buffer that holds everything: each sample can come at any place of an epoch, and any place can be gone to at
     * once. For sources whose samples can be read by number ({@link SampleSource#numbered}).
     */
    public static final int WHOLE = Integer.MAX_VALUE;

    private static final long LIST_STREAM = 0;
    private static final long BUFFER_STREAM = 1;
    private static final long WHOLE_STREAM = 2;

    /** The orders of the sources of a mixture; the next ones are those of its further sources. */
    private static final long MIXTURE_STREAM = 1L << 32;

    /** Checks the range. */
    public SampleOrder {
        if (shuffleBuffer < 0) {
            throw new IllegalArgumentException(
                    "shuffle buffer must be 0 (keep the order) or more samples, not " + shuffleBuffer);
        }
    }

    /** {@return the order in which the samples are stored} */
    public static SampleOrder asStored() {
        return new SampleOrder(0, 0);
    }

    /** {@return whether this is an order over all samples} */
    public boolean isWhole() {
        return shuffleBuffer == WHOLE;
    }

    /** The order of an epoch over all samples. */
    KeyedPermutation permutation(long count, long epoch) {
        return new KeyedPermutation(count, seed, Purpose.SHUFFLE, epoch, WHOLE_STREAM);
    }

    /** The order of a pass over one source of a mixture. */
    KeyedPermutation permutationOf(int source, long count, long pass) {
        return new KeyedPermutation(count, seed, Purpose.SHUFFLE, pass, MIXTURE_STREAM + source);
    }

    /**
     * Returns the numbers of shards, or of samples in a list, in the order of an epoch.
     *
     * @param count how many there are
     * @param epoch the number of the pass, from 0
     * @return 0 to count-1: ascending, or shuffled completely
     */
    public int[] indices(int count, long epoch) {
        int[] indices = new int[count];
        SplittableRandom random = KeyedRandom.stream(seed, Purpose.SHUFFLE, epoch, LIST_STREAM);
        for (int i = 0; i < count; i++) {
            // Fisher and Yates from the inside out: i goes to a random place among the first i + 1
            int place = shuffleBuffer == 0 ? i : random.nextInt(i + 1);
            indices[i] = indices[place];
            indices[place] = i;
        }
        return indices;
    }

    /**
     * Returns a pass through the shuffle buffer.
     *
     * @param samples the pass, which is closed with the one that is returned
     * @param epoch the number of the pass, from 0
     * @return the same samples; in the same order if there is no buffer
     */
    public SampleSource.Pass shuffled(SampleSource.Pass samples, long epoch) {
        return shuffleBuffer == 0
                ? samples
                : new ShuffledStream(
                        samples, shuffleBuffer, KeyedRandom.stream(seed, Purpose.SHUFFLE, epoch, BUFFER_STREAM));
    }
}
