package org.glip.experiment;

import org.glip.mask.MaskConfig;

/**
 * A way of pre-training.
 *
 * @param name as tables show it
 * @param mask what the image tower does not see during pre-training
 */
public record Method(String name, MaskConfig mask) {
    /**
     * CLIP: nothing is hidden.
     *
     * @return the method
     */
    public static Method clip() {
        return new Method("CLIP", MaskConfig.none());
    }

    /**
     * FLIP: random patches are hidden.
     *
     * @param ratio share of patches that is hidden, in [0, 1)
     * @return the method
     */
    public static Method flip(double ratio) {
        return new Method("FLIP", MaskConfig.random(ratio));
    }

    /**
     * GLIP: patches are hidden, those of the centre less often.
     *
     * @param ratio share of patches that is hidden, in [0, 1)
     * @param sigma the paper's sigma, a variance
     * @return the method
     */
    public static Method glip(double ratio, double sigma) {
        return new Method("GLIP", MaskConfig.gaussian(ratio, sigma));
    }
}
