package org.glip.scenes;

/**
 * Which Scenes to make.
 *
 * @param preset where the objects lie
 * @param trainSamples number of training pictures, at least 1
 * @param imageSize side of a picture in pixels, from 16 to 256
 * @param seed what all random choices of the data follow from; not the seed of a training run
 */
public record ScenesConfig(ScenesPreset preset, int trainSamples, int imageSize, long seed) {
    private static final int DEFAULT_TRAIN_SAMPLES = 60_000;
    private static final int DEFAULT_IMAGE_SIZE = 64;
    private static final int SMALLEST_IMAGE = 16;
    private static final int LARGEST_IMAGE = 256;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ScenesConfig {
        if (trainSamples < 1) {
            throw new IllegalArgumentException("Scenes needs at least 1 training sample, not " + trainSamples);
        }
        if (imageSize < SMALLEST_IMAGE || imageSize > LARGEST_IMAGE) {
            throw new IllegalArgumentException("a Scenes picture has from " + SMALLEST_IMAGE + " to " + LARGEST_IMAGE
                    + " pixels a side, not " + imageSize);
        }
    }

    /**
     * {@return a preset with 60,000 training pictures of 64 pixels and seed 0}
     *
     * @param preset where objects lie
     */
    public static ScenesConfig of(ScenesPreset preset) {
        return new ScenesConfig(preset, DEFAULT_TRAIN_SAMPLES, DEFAULT_IMAGE_SIZE, 0);
    }

    /**
     * {@return the same with another number of training pictures}
     *
     * @param samples how many
     */
    public ScenesConfig withTrainSamples(int samples) {
        return new ScenesConfig(preset, samples, imageSize, seed);
    }

    /**
     * {@return the same with another side of the pictures}
     *
     * @param size in pixels
     */
    public ScenesConfig withImageSize(int size) {
        return new ScenesConfig(preset, trainSamples, size, seed);
    }

    /**
     * {@return the same with another seed}
     *
     * @param newSeed the seed
     */
    public ScenesConfig withSeed(long newSeed) {
        return new ScenesConfig(preset, trainSamples, imageSize, newSeed);
    }

    /**
     * The folder's name: the preset, then what differs from {@link #of}, such as {@code centred-train2000-96px-seed7}.
     */
    String folderName() {
        ScenesConfig usual = of(preset);
        return preset.id()
                + (trainSamples == usual.trainSamples ? "" : "-train" + trainSamples)
                + (imageSize == usual.imageSize ? "" : "-" + imageSize + "px")
                + (seed == usual.seed ? "" : "-seed" + seed);
    }
}
