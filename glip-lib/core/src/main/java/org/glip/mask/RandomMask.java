package org.glip.mask;

/**
 * The mask of FLIP: every patch is kept with the same probability k / N (score = u, no bonus).
 *
 * @param ratio share of patches that is dropped, in [0, 1)
 */
public record RandomMask(double ratio) implements Mask {
    static final String NAME = "random";

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the ratio is outside [0, 1)
     */
    public RandomMask {
        KeepCount.requireRatio(ratio);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String toString() {
        return NAME + " " + KeepCount.percent(ratio);
    }
}
