package org.glip.scenes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which Scenes to make.
 *
 * @param version the recipe
 * @param preset where the objects lie
 * @param focus whether the photographs behind them are sharp; version 1 knows sharp ones only
 * @param concepts which concepts are shown; version 1 knows all of them only
 * @param varied whether the drawings of the training pictures are turned, stretched and recoloured a little, each time
 *     otherwise, which pays in long trainings; not in version 1
 * @param trainSamples number of training pictures, at least 1
 * @param imageSize side of a picture in pixels, from 16 to 256
 * @param seed what all random choices of the data follow from; not the seed of a training run
 */
public record ScenesConfig(
        ScenesVersion version,
        ScenesPreset preset,
        Focus focus,
        ConceptSet concepts,
        boolean varied,
        int trainSamples,
        int imageSize,
        long seed) {
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
        if (version == ScenesVersion.V1 && (focus != Focus.SHARP || concepts != ConceptSet.ALL || varied)) {
            throw new IllegalArgumentException(
                    "version 1 of Scenes has sharp backgrounds, all concepts and drawings as they are only, not "
                            + focus + ", " + concepts + (varied ? ", varied" : ""));
        }
        if (trainSamples < 1) {
            throw new IllegalArgumentException("Scenes needs at least 1 training sample, not " + trainSamples);
        }
        if (imageSize < SMALLEST_IMAGE || imageSize > LARGEST_IMAGE) {
            throw new IllegalArgumentException("a Scenes picture has from " + SMALLEST_IMAGE + " to " + LARGEST_IMAGE
                    + " pixels a side, not " + imageSize);
        }
    }

    /** How sharp the photographs behind the objects are. */
    public enum Focus {
        /** As sharp as the objects. */
        SHARP,
        /** Out of focus, as behind a near subject. */
        SOFT;

        /** {@return the name in commands and paths, such as {@code soft}} */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Returns the value of a name.
         *
         * @param id such as {@code soft}
         * @return the value
         * @throws IllegalArgumentException if there is none; the message lists them
         */
        public static Focus parse(String id) {
            return Arrays.stream(values())
                    .filter(value -> value.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Scenes has no sharpness \"" + id + "\", but " + List.of(values())));
        }
    }

    /** Which concepts are shown. */
    public enum ConceptSet {
        /** Plain things that are told apart by their look, each drawn in many styles. */
        THINGS,
        /** All: people, faces, symbols and flags as well. */
        ALL;

        /** {@return the name in commands and paths, such as {@code things}} */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Returns the value of a name.
         *
         * @param id such as {@code things}
         * @return the value
         * @throws IllegalArgumentException if there is none; the message lists them
         */
        public static ConceptSet parse(String id) {
            return Arrays.stream(values())
                    .filter(value -> value.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Scenes has no set of concepts \"" + id + "\", but " + List.of(values())));
        }
    }

    /**
     * {@return a preset of version 2 as it is usually made: 60,000 training pictures of 64 pixels, seed 0}
     *
     * @param preset where objects lie
     */
    public static ScenesConfig of(ScenesPreset preset) {
        return new ScenesConfig(
                ScenesVersion.V2,
                preset,
                Focus.SOFT,
                ConceptSet.THINGS,
                false,
                DEFAULT_TRAIN_SAMPLES,
                DEFAULT_IMAGE_SIZE,
                0);
    }

    /**
     * {@return a preset of version 1 as it is usually made: 60,000 training pictures of 64 pixels, seed 0}
     *
     * @param preset where objects lie
     */
    public static ScenesConfig ofVersion1(ScenesPreset preset) {
        return new ScenesConfig(
                ScenesVersion.V1,
                preset,
                Focus.SHARP,
                ConceptSet.ALL,
                false,
                DEFAULT_TRAIN_SAMPLES,
                DEFAULT_IMAGE_SIZE,
                0);
    }

    private static ScenesConfig usual(ScenesVersion version, ScenesPreset preset) {
        return version == ScenesVersion.V1 ? ofVersion1(preset) : of(preset);
    }

    /**
     * {@return the same drawings under another preset}
     *
     * @param newPreset where objects lie
     */
    public ScenesConfig withPreset(ScenesPreset newPreset) {
        return new ScenesConfig(version, newPreset, focus, concepts, varied, trainSamples, imageSize, seed);
    }

    /**
     * {@return the same before sharper or softer photographs}
     *
     * @param newFocus how sharp
     */
    public ScenesConfig withFocus(Focus newFocus) {
        return new ScenesConfig(version, preset, newFocus, concepts, varied, trainSamples, imageSize, seed);
    }

    /**
     * {@return the same with more or fewer concepts}
     *
     * @param newConcepts which
     */
    public ScenesConfig withConcepts(ConceptSet newConcepts) {
        return new ScenesConfig(version, preset, focus, newConcepts, varied, trainSamples, imageSize, seed);
    }

    /**
     * {@return the same with training drawings as they are, or varied}
     *
     * @param isVaried whether they are
     */
    public ScenesConfig withVaried(boolean isVaried) {
        return new ScenesConfig(version, preset, focus, concepts, isVaried, trainSamples, imageSize, seed);
    }

    /**
     * {@return the same with another number of training pictures}
     *
     * @param samples how many
     */
    public ScenesConfig withTrainSamples(int samples) {
        return new ScenesConfig(version, preset, focus, concepts, varied, samples, imageSize, seed);
    }

    /**
     * {@return the same with another side of the pictures}
     *
     * @param size in pixels
     */
    public ScenesConfig withImageSize(int size) {
        return new ScenesConfig(version, preset, focus, concepts, varied, trainSamples, size, seed);
    }

    /**
     * {@return the same with another seed}
     *
     * @param newSeed the seed
     */
    public ScenesConfig withSeed(long newSeed) {
        return new ScenesConfig(version, preset, focus, concepts, varied, trainSamples, imageSize, newSeed);
    }

    /**
     * The folder's name: the preset, then what differs from the usual, such as {@code centred-train2000-96px-seed7}.
     */
    String folderName() {
        ScenesConfig usual = usual(version, preset);
        return preset.id()
                + (focus == usual.focus ? "" : "-" + focus.id())
                + (concepts == usual.concepts ? "" : "-" + concepts.id())
                + (varied ? "-varied" : "")
                + (trainSamples == usual.trainSamples ? "" : "-train" + trainSamples)
                + (imageSize == usual.imageSize ? "" : "-" + imageSize + "px")
                + (seed == usual.seed ? "" : "-seed" + seed);
    }
}
