package org.glip.data;

import java.util.Objects;
import org.glip.image.ImageTransform;
import org.jspecify.annotations.Nullable;

/**
 * How samples become batches.
 *
 * @param batchSize samples in a batch, at least 1; of all processes together where several share it
 * @param shuffleBuffer 0 to keep the order of the source; otherwise see {@link SampleOrder}
 * @param workers threads that decode, transform and tokenise, at least 1; their number does not change the batches
 * @param contextLength token ids of a caption, padded or cut, at least 2
 * @param seed of the order and of the augmentation
 * @param transform from a decoded picture to normalised pixels
 * @param maxBadPercent the largest part of the samples, in percent, that an endless loader leaves out before it stops;
 *     100 for no limit. A loader of a single epoch only warns
 * @param share the rows of each batch that this process takes; the parts divide the batch size
 * @param randomCaption whether a sample with several captions ({@link SampleMetadata#CAPTIONS}) gets one of them at
 *     random, drawn for its place in the epoch, and not its first
 */
public record LoaderConfig(
        int batchSize,
        int shuffleBuffer,
        int workers,
        int contextLength,
        long seed,
        ImageTransform transform,
        double maxBadPercent,
        BatchShare share,
        boolean randomCaption) {
    private static final double USUAL_MAX_BAD_PERCENT = 5;

    /** Checks the ranges. */
    public LoaderConfig {
        requireAtLeast(1, batchSize, "batch size");
        requireAtLeast(0, shuffleBuffer, "shuffle buffer");
        requireAtLeast(1, workers, "number of workers");
        requireAtLeast(2, contextLength, "context length");
        if (!(maxBadPercent >= 0 && maxBadPercent <= 100)) {
            throw new IllegalArgumentException(
                    "the part of bad samples must be from 0 to 100 percent, not " + maxBadPercent);
        }
        share.requireDivides(batchSize);
    }

    /** {@return the beginning of a description of a loader} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the same, shuffled: see {@link SampleOrder}}
     *
     * @param buffer samples among which the next one is drawn; 0 keeps the order of the source
     * @param newSeed the seed
     */
    public LoaderConfig withShuffle(int buffer, long newSeed) {
        return new LoaderConfig(
                batchSize, buffer, workers, contextLength, newSeed, transform, maxBadPercent, share, randomCaption);
    }

    private static void requireAtLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }

    SampleOrder order() {
        return new SampleOrder(seed, shuffleBuffer);
    }

    /** Describes a loader. Batch size, context length and transform must be set; all else has a default. */
    public static final class Builder {
        private int batchSize;
        private int shuffleBuffer;
        private int workers = Runtime.getRuntime().availableProcessors();
        private int contextLength;
        private long seed;
        private @Nullable ImageTransform transform;
        private double maxBadPercent = USUAL_MAX_BAD_PERCENT;
        private BatchShare share = BatchShare.whole();
        private boolean randomCaption;

        private Builder() {}

        /**
         * Sets the size of the batches.
         *
         * @param samples in a batch, at least 1
         * @return this
         */
        public Builder setBatchSize(int samples) {
            batchSize = samples;
            return this;
        }

        /**
         * Sets the length of the captions.
         *
         * @param tokens ids of a caption, padded or cut, at least 2
         * @return this
         */
        public Builder setContextLength(int tokens) {
            contextLength = tokens;
            return this;
        }

        /**
         * Sets what becomes of a picture.
         *
         * @param newTransform from a decoded picture to normalised pixels
         * @return this
         */
        public Builder setTransform(ImageTransform newTransform) {
            transform = newTransform;
            return this;
        }

        /**
         * Shuffles the samples; by default they keep the order of their source.
         *
         * @param buffer samples to draw from where the source is too large for memory, see {@link SampleOrder};
         *     0 keeps the order
         * @return this
         */
        public Builder optShuffleBuffer(int buffer) {
            shuffleBuffer = buffer;
            return this;
        }

        /**
         * Chooses the number of threads that decode, transform and tokenise; by default one for each processor.
         *
         * @param threads at least 1; their number does not change the batches
         * @return this
         */
        public Builder optWorkers(int threads) {
            workers = threads;
            return this;
        }

        /**
         * Chooses the seed of the order and of the augmentation; by default 0.
         *
         * @param newSeed any number
         * @return this
         */
        public Builder optSeed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /**
         * Chooses how large a part of the samples may be bad; by default 5 %.
         *
         * @param percent 0 to 100; 100 for no limit
         * @return this
         */
        public Builder optMaxBadPercent(double percent) {
            maxBadPercent = percent;
            return this;
        }

        /**
         * Chooses the rows of each batch that this process takes; by default all.
         *
         * @param newShare which part of how many, which divide the batch size
         * @return this
         */
        public Builder optShare(BatchShare newShare) {
            share = newShare;
            return this;
        }

        /**
         * Chooses among the captions of samples that have several; by default the first is taken.
         *
         * @param isChosen whether to draw one, for each place in each epoch
         * @return this
         */
        public Builder optRandomCaption(boolean isChosen) {
            randomCaption = isChosen;
            return this;
        }

        /**
         * Completes the description.
         *
         * @return the configuration
         * @throws IllegalArgumentException if a number is not set or outside its range, or the batch cannot be shared
         * @throws NullPointerException if the transform is not set
         */
        public LoaderConfig build() {
            ImageTransform chosen = Objects.requireNonNull(transform, "a loader needs a transform");
            return new LoaderConfig(
                    batchSize,
                    shuffleBuffer,
                    workers,
                    contextLength,
                    seed,
                    chosen,
                    maxBadPercent,
                    share,
                    randomCaption);
        }
    }
}
