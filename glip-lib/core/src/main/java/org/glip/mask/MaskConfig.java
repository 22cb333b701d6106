package org.glip.mask;

import java.util.Locale;
import java.util.Objects;

/**
 * Which mask to use, independent of the image size: what a configuration file, a command line or a result file says.
 *
 * @param kind which family
 * @param ratio share of patches that is dropped, in [0, 1); 0 for {@link Kind#NONE}
 * @param sigma the paper's sigma, a <b>VARIANCE</b> (see {@link GaussianMask}); 0 for the kinds that have none
 */
public record MaskConfig(Kind kind, double ratio, double sigma) {
    /** The families of masks. */
    public enum Kind {
        /** Every patch is kept: CLIP. */
        NONE,
        /** Uniformly random patches are kept: FLIP. */
        RANDOM,
        /** Centre patches are kept more often: GLIP. */
        GAUSSIAN;

        /**
         * Reads a kind from a command line or a file: {@code none}, {@code random} or {@code gaussian}, in any case.
         *
         * @throws IllegalArgumentException for any other word
         */
        public static Kind parse(String word) {
            return switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "none" -> NONE;
                case "random" -> RANDOM;
                case "gaussian" -> GAUSSIAN;
                default ->
                    throw new IllegalArgumentException(
                            "Unknown mask \"" + word + "\"; it must be none, random or gaussian");
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @throws IllegalArgumentException if a value is outside its range, or is given to a kind that has none
     */
    public MaskConfig {
        Objects.requireNonNull(kind, "kind");
        KeepCount.requireRatio(ratio);
        if (kind == Kind.GAUSSIAN) {
            GaussianMask.requireSigma(sigma);
        } else if (sigma != 0) {
            throw new IllegalArgumentException(
                    "Only the gaussian mask has a sigma; it must be 0 for " + kind + ", not " + sigma);
        }
        if (kind == Kind.NONE && ratio != 0) {
            throw new IllegalArgumentException("Without a mask the masking ratio must be 0, not " + ratio);
        }
    }

    /** Keeps every patch. */
    public static MaskConfig none() {
        return new MaskConfig(Kind.NONE, 0, 0);
    }

    /** FLIP's mask. {@code ratio}: share of patches that is dropped, in [0, 1). */
    public static MaskConfig random(double ratio) {
        return new MaskConfig(Kind.RANDOM, ratio, 0);
    }

    /**
     * GLIP's mask as the paper gives it.
     *
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param sigma the paper's sigma, a <b>VARIANCE</b>; the paper's default is 0.2
     */
    public static MaskConfig gaussian(double ratio, double sigma) {
        return new MaskConfig(Kind.GAUSSIAN, ratio, sigma);
    }

    /**
     * GLIP's mask by its true standard deviation; the paper's default is sqrt(0.2) = 0.447.
     *
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param standardDeviation in units where the image spans [-1, 1]
     */
    public static MaskConfig gaussianStandardDeviation(double ratio, double standardDeviation) {
        return gaussian(ratio, GaussianMask.variance(standardDeviation));
    }

    /** Makes the mask for the images of a model. */
    public PatchMask on(PatchGrid grid) {
        return switch (kind) {
            case NONE -> new NoMask(grid);
            case RANDOM -> new RandomMask(grid, ratio);
            case GAUSSIAN -> new GaussianMask(grid, ratio, sigma);
        };
    }

    /** For people: {@code none}, {@code random 75%}, {@code gaussian 91.8%, sigma 0.2 (variance)}. */
    @Override
    public String toString() {
        String percent = Math.round(ratio * 1e4) / 1e2 + "%";
        return switch (kind) {
            case NONE -> "none";
            case RANDOM -> "random " + percent.replace(".0%", "%");
            case GAUSSIAN -> "gaussian " + percent.replace(".0%", "%") + ", sigma " + sigma + " (variance)";
        };
    }
}
