package org.glip.data;

import org.glip.image.ImageTransform;

/**
 * How samples become batches.
 *
 * @param batchSize samples in a batch, at least 1
 * @param shuffleBuffer 0 to keep the order of the source; otherwise see {@link SampleOrder}
 * @param workers threads that decode, transform and tokenise, at least 1; their number does not change the batches
 * @param contextLength token ids of a caption, padded or cut, at least 2
 * @param seed of the order and of the augmentation
 * @param transform from a decoded picture to normalised pixels
 */
public record LoaderConfig(
        int batchSize, int shuffleBuffer, int workers, int contextLength, long seed, ImageTransform transform) {
    /** Checks the ranges. */
    public LoaderConfig {
        requireAtLeast(1, batchSize, "batch size");
        requireAtLeast(0, shuffleBuffer, "shuffle buffer");
        requireAtLeast(1, workers, "number of workers");
        requireAtLeast(2, contextLength, "context length");
    }

    /**
     * The samples in the order of their source, prepared by a thread for each processor.
     *
     * @param batchSize samples in a batch, at least 1
     * @param contextLength token ids of a caption, padded or cut, at least 2
     * @param transform from a decoded picture to normalised pixels
     * @return the settings
     */
    public static LoaderConfig of(int batchSize, int contextLength, ImageTransform transform) {
        return new LoaderConfig(batchSize, 0, Runtime.getRuntime().availableProcessors(), contextLength, 0, transform);
    }

    /**
     * {@return the same, shuffled: see {@link SampleOrder}}
     *
     * @param buffer samples among which the next one is drawn; 0 keeps the order of the source
     * @param newSeed the seed
     */
    public LoaderConfig withShuffle(int buffer, long newSeed) {
        return new LoaderConfig(batchSize, buffer, workers, contextLength, newSeed, transform);
    }

    private static void requireAtLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }

    SampleOrder order() {
        return new SampleOrder(seed, shuffleBuffer);
    }
}
