package org.glip.mask;

import com.google.gson.annotations.JsonAdapter;
import java.util.Locale;
import java.util.Objects;

/**
 * What the image tower is not shown, whatever the size of its pictures: nothing is hidden ({@link None}, CLIP),
 * random patches are ({@link Random}, FLIP), or those near the centre less often ({@link Gaussian}, GLIP).
 * Beyond the paper's: {@link AnnealedMask}, {@link BlockMask}, {@link GridMask} and {@link MapMask}.
 * {@link #on} gives the sampler that draws patches of a grid.
 *
 * <p>Gson reads and writes it as the object {@code {"kind":"GAUSSIAN","ratio":0.75,"sigma":0.2}}, with 0 for what a
 * mask does not have, wherever a field has this type.
 */
@JsonAdapter(MaskJson.class)
public sealed interface Mask permits Mask.None, Mask.Random, Mask.Gaussian, AnnealedMask, BlockMask, GridMask, MapMask {
    /** {@return the mask that keeps every patch} */
    static Mask none() {
        return new None();
    }

    /**
     * {@return FLIP's mask}
     *
     * @param ratio share of patches that is dropped, in [0, 1)
     * @throws IllegalArgumentException if the ratio is outside its range
     */
    static Mask random(double ratio) {
        return new Random(ratio);
    }

    /**
     * {@return GLIP's mask as the paper gives it}
     *
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param sigma the paper's sigma, a <b>VARIANCE</b>, positive and finite; the paper's default is 0.2
     * @throws IllegalArgumentException if an argument is outside its range
     */
    static Mask gaussian(double ratio, double sigma) {
        return new Gaussian(ratio, sigma);
    }

    /**
     * {@return GLIP's mask by its true standard deviation, {@code sigma = standardDeviation^2}; the paper's default is
     * sqrt(0.2) = 0.447}
     *
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param standardDeviation in units where the image spans [-1, 1]; positive and finite
     * @throws IllegalArgumentException if an argument is outside its range
     */
    static Mask gaussianStandardDeviation(double ratio, double standardDeviation) {
        return new Gaussian(ratio, Gaussian.variance(standardDeviation));
    }

    /**
     * {@return the mask of a name, as a command line gives it} What the named mask does not have is not looked at.
     *
     * @param name {@code none}, {@code random}, {@code gaussian}, {@code block} or {@code grid}, in any case
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param sigma the paper's sigma, a <b>VARIANCE</b>, positive and finite
     * @throws IllegalArgumentException for any other name, or if a value that the mask has is outside its range
     */
    static Mask of(String name, double ratio, double sigma) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case None.NAME -> none();
            case Random.NAME -> random(ratio);
            case Gaussian.NAME -> gaussian(ratio, sigma);
            case BlockMask.NAME -> new BlockMask(ratio);
            case GridMask.NAME -> new GridMask(ratio);
            default ->
                throw new IllegalArgumentException("Unknown mask \"" + name
                        + "\"; it must be none, random or gaussian, or block or grid;"
                        + " annealed and map have more to be told");
        };
    }

    /**
     * {@return the mask that a file describes by three fields, of which those that the mask does not have are 0}
     *
     * @param name as for {@link #of}
     * @param ratio share of patches that is dropped, in [0, 1); 0 without a mask
     * @param sigma the paper's sigma, a <b>VARIANCE</b>, positive and finite; 0 for a mask that has none
     * @throws IllegalArgumentException for any other name, if a value is outside its range, or is given to a mask that
     *     has none
     */
    static Mask ofFields(String name, double ratio, double sigma) {
        Mask mask = of(name, ratio, sigma);
        if (mask.ratio() != ratio) {
            throw new IllegalArgumentException("Without a mask the masking ratio must be 0, not " + ratio);
        }
        if (sigma != 0 && !(mask instanceof Gaussian)) {
            throw new IllegalArgumentException(
                    "Only the gaussian mask has a sigma; it must be 0 for " + mask.name() + ", not " + sigma);
        }
        return mask;
    }

    /** {@return its name in one word: {@code none}, {@code random}, {@code gaussian}, ...} */
    String name();

    /** {@return the share of patches that is dropped, in [0, 1)} */
    double ratio();

    /** {@return the share of patches that is dropped as people write it, in percent, such as {@code 91.8%}} */
    default String percent() {
        return KeepCount.percent(ratio());
    }

    /**
     * Returns the number of patches that stay, the paper's k = {@code max(1, floor(patches * (1 - ratio)))}, the
     * product being taken on the ratio as it is written in decimals.
     *
     * @param patches N, at least 1
     * @return k, from 1 to N
     * @throws IllegalArgumentException if there is no patch
     */
    default int keptPatches(int patches) {
        return KeepCount.keptPatches(patches, ratio());
    }

    /**
     * Makes the sampler for the pictures of a model. It holds a table of the grid's size, so it is made once and not
     * for each picture.
     *
     * @param grid the patches of the pictures
     * @return the sampler
     * @throws IllegalArgumentException if the mask is a map of another grid
     */
    default MaskSampler on(PatchGrid grid) {
        return new MaskSampler(this, grid, 0);
    }

    /**
     * Makes the sampler for a training, in which {@link AnnealedMask} changes.
     *
     * @param grid the patches of the pictures
     * @param steps how many the training has, at least 1
     * @return the sampler
     * @throws IllegalArgumentException as {@link #on(PatchGrid)}
     */
    default MaskSampler on(PatchGrid grid, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a training has at least one step, not " + steps);
        }
        return new MaskSampler(this, grid, steps);
    }

    /** Returns words for people: {@code none}, {@code random 75%}, {@code gaussian 91.8%, sigma 0.2 (variance)}. */
    @Override
    String toString();

    /** Keeps every patch: plain CLIP, the unmasked tuning epoch, and evaluation. */
    record None() implements Mask {
        static final String NAME = "none";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public double ratio() {
            return 0;
        }

        @Override
        public String toString() {
            return NAME;
        }
    }

    /**
     * The mask of FLIP: every patch is kept with the same probability k / N (score = u, no bonus).
     *
     * @param ratio share of patches that is dropped, in [0, 1)
     */
    record Random(double ratio) implements Mask {
        static final String NAME = "random";

        /**
         * Checks the components.
         *
         * @throws IllegalArgumentException if the ratio is outside [0, 1)
         */
        public Random {
            KeepCount.requireRatio(ratio);
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String toString() {
            return NAME + " " + percent();
        }
    }

    /**
     * The paper's centred mask: patches near the centre of the image are kept more often.
     *
     * <p><b>{@code sigma} is a VARIANCE, not a standard deviation.</b> The paper writes sigma and uses it as the
     * diagonal of the covariance matrix; the library keeps the paper's name and meaning, so the default 0.2 is a true
     * standard deviation of sqrt(0.2) = 0.447. Those who think in standard deviations use
     * {@link Mask#gaussianStandardDeviation}.
     *
     * <p>With coordinates x_i = -1 + 2i/(side - 1), both ends included, and v = sigma:
     *
     * <pre>
     *   p(i,j) = 1/(2 pi v) * exp(-(x_i^2 + x_j^2) / (2 v))      a density, NOT normalised over the grid
     *   score  = u - (1 - p(i,j)),   u ~ U[0,1)                   the k largest scores stay
     * </pre>
     *
     * A grid of one patch has its only patch in the centre, x = 0. As v grows, p becomes flat and the mask becomes
     * {@link Random}: for equal keys even the same patches are drawn.
     *
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param sigma the paper's sigma, a <b>VARIANCE</b> in units where the image spans [-1, 1]; positive and finite
     */
    record Gaussian(double ratio, double sigma) implements Mask {
        static final String NAME = "gaussian";

        /**
         * Checks the components.
         *
         * @throws IllegalArgumentException if a value is outside its range
         */
        public Gaussian {
            KeepCount.requireRatio(ratio);
            if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "sigma, the variance of the Gaussian mask, must be positive and finite,"
                                + " for example 0.2, not " + sigma
                                + (sigma == Double.POSITIVE_INFINITY ? "; its limit is the random mask" : ""));
            }
        }

        static double variance(double standardDeviation) {
            if (!(standardDeviation > 0 && standardDeviation < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "The standard deviation of the Gaussian mask must be positive and finite,"
                                + " for example 0.447, not " + standardDeviation);
            }
            return standardDeviation * standardDeviation;
        }

        @Override
        public String name() {
            return NAME;
        }

        /**
         * Returns the Gaussian density p of a patch, as in the formula above. It may exceed 1: for sigma 0.1 it is 1.5
         * in the centre.
         *
         * @param row row of the patch, from 0 at the top
         * @param column column of the patch, from 0 at the left
         */
        double density(PatchGrid grid, int row, int column) {
            double y = coordinate(grid, row);
            double x = coordinate(grid, column);
            // Math.exp may differ in its last bit from one processor to another, and so, once in a long while, a mask.
            return StrictMath.exp(-(y * y + x * x) / (2 * sigma)) / (2 * Math.PI * sigma);
        }

        /** -1 + 2i/(side-1) over a common denominator, so that opposite patches get exactly opposite coordinates. */
        private static double coordinate(PatchGrid grid, int i) {
            int side = grid.side();
            Objects.checkIndex(i, side);
            return side == 1 ? 0 : (2.0 * i - (side - 1)) / (side - 1);
        }

        @Override
        public String toString() {
            return NAME + " " + percent() + ", sigma " + sigma + " (variance)";
        }
    }
}
