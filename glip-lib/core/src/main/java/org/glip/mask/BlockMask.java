package org.glip.mask;

/**
 * Keeps one block of neighbouring patches, as nearly square as it can be, at a random place. It is the block strategy
 * that CLIPA compares for image tokens (Li, Wang and Xie, arXiv 2305.07017); its shape where k is no product is of
 * this project: of h = floor(sqrt(k)) rows, the last one is shorter, at its left or its right.
 *
 * @param ratio share of patches that is dropped, in [0, 1)
 */
public record BlockMask(double ratio) implements Mask {
    static final String NAME = "block";

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the ratio is outside [0, 1)
     */
    public BlockMask {
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
