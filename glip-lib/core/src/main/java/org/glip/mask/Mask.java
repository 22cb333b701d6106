package org.glip.mask;

import com.google.gson.annotations.JsonAdapter;
import java.util.Locale;

/**
 * What the image tower is not shown, whatever the size of its pictures: nothing is hidden ({@link NoMask}, CLIP),
 * random patches are ({@link RandomMask}, FLIP), or those near the centre less often ({@link GaussianMask}, GLIP).
 * {@link #on} gives the sampler that draws patches of a grid.
 *
 * <p>Gson reads and writes it as the object {@code {"kind":"GAUSSIAN","ratio":0.75,"sigma":0.2}}, with 0 for what a
 * mask does not have, wherever a field has this type.
 */
@JsonAdapter(MaskJson.class)
public sealed interface Mask permits NoMask, RandomMask, GaussianMask {
    /** {@return the mask that keeps every patch} */
    static Mask none() {
        return new NoMask();
    }

    /**
     * {@return FLIP's mask}
     *
     * @param ratio share of patches that is dropped, in [0, 1)
     * @throws IllegalArgumentException if the ratio is outside its range
     */
    static Mask random(double ratio) {
        return new RandomMask(ratio);
    }

    /**
     * {@return GLIP's mask as the paper gives it}
     *
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param sigma the paper's sigma, a <b>VARIANCE</b>, positive and finite; the paper's default is 0.2
     * @throws IllegalArgumentException if an argument is outside its range
     */
    static Mask gaussian(double ratio, double sigma) {
        return new GaussianMask(ratio, sigma);
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
        return new GaussianMask(ratio, GaussianMask.variance(standardDeviation));
    }

    /**
     * {@return the mask of a name, as a command line gives it} What the named mask does not have is not looked at.
     *
     * @param name {@code none}, {@code random} or {@code gaussian}, in any case
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param sigma the paper's sigma, a <b>VARIANCE</b>, positive and finite
     * @throws IllegalArgumentException for any other name, or if a value that the mask has is outside its range
     */
    static Mask of(String name, double ratio, double sigma) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case NoMask.NAME -> none();
            case RandomMask.NAME -> random(ratio);
            case GaussianMask.NAME -> gaussian(ratio, sigma);
            default ->
                throw new IllegalArgumentException(
                        "Unknown mask \"" + name + "\"; it must be none, random or gaussian");
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
        if (sigma != 0 && !(mask instanceof GaussianMask)) {
            throw new IllegalArgumentException(
                    "Only the gaussian mask has a sigma; it must be 0 for " + mask.name() + ", not " + sigma);
        }
        return mask;
    }

    /** {@return {@code none}, {@code random} or {@code gaussian}} */
    String name();

    /** {@return the share of patches that is dropped, in [0, 1)} */
    double ratio();

    /**
     * Makes the sampler for the pictures of a model. It holds a table of the grid's size, so it is made once and not
     * for each picture.
     *
     * @param grid the patches of the pictures
     * @return the sampler
     */
    default MaskSampler on(PatchGrid grid) {
        return new MaskSampler(this, grid);
    }

    /** Returns words for people: {@code none}, {@code random 75%}, {@code gaussian 91.8%, sigma 0.2 (variance)}. */
    @Override
    String toString();
}
