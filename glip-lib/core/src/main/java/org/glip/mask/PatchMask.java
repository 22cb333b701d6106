package org.glip.mask;

/**
 * A random choice of the patches an image tower sees. <b>Polarity: a mask names the patches that are kept.</b>
 *
 * <p>Every mask scores each patch with fresh uniform noise plus a fixed bonus of its position, and keeps the k patches with
 * the largest scores (paper, section on Gaussian masking: score = u - a with a = 1 - p, so the bonus is p - 1). Masks speak
 * of image patches only; the class token is no patch and always stays.
 *
 * <p>Masks are immutable and may be shared between threads.
 */
public sealed interface PatchMask permits GaussianMask, RandomMask, NoMask {
    /** The grid whose patches are chosen. */
    PatchGrid grid();

    /** The share of patches that is dropped, in [0, 1). */
    double ratio();

    /** The number of patches that stay, k; see {@link KeepCount}. */
    int kept();

    /**
     * Draws the kept patches of one image. A pure function of its arguments: neither the batch split, nor the order of calls,
     * nor the thread changes it.
     *
     * @param runSeed the run's seed
     * @param step the training step; a new step draws anew
     * @param sampleIndex the global index of the sample
     * @return {@link #kept()} patch indices (row * side + column), ascending, without repetition
     */
    int[] sample(long runSeed, long step, long sampleIndex);

    /**
     * What is added to the uniform noise of a patch; only differences between patches matter.
     *
     * @param row row of the patch, from 0 at the top
     * @param column column of the patch, from 0 at the left
     * @throws IndexOutOfBoundsException if there is no such patch
     */
    double keepBonus(int row, int column);

    /**
     * Checks that this mask was made for the grid it is about to be applied to.
     *
     * @param actual the grid of the images at hand
     * @return this mask
     * @throws IllegalArgumentException if the grids differ
     */
    default PatchMask requireGrid(PatchGrid actual) {
        if (!grid().equals(actual)) {
            throw new IllegalArgumentException("The mask was made for " + grid() + ", but the images are cut into "
                    + actual + "; make it with MaskConfig.on(grid of the model's images)");
        }
        return this;
    }
}
