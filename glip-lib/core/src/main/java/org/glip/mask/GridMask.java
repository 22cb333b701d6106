package org.glip.mask;

/**
 * Keeps patches evenly all over the picture: the grid is cut into windows of 2 x 2, and each keeps the same number of
 * random patches. It is the grid strategy that CLIPA compares for image tokens (Li, Wang and Xie, arXiv 2305.07017),
 * where at 75 % each window keeps one. Where k does not divide so, random windows keep one more than others; windows
 * at the edge of an odd grid keep no more patches than they have.
 *
 * @param ratio share of patches that is dropped, in [0, 1)
 */
public record GridMask(double ratio) implements Mask {
    static final String NAME = "grid";

    /** Patches along a side of a window. */
    static final int WINDOW = 2;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the ratio is outside [0, 1)
     */
    public GridMask {
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
