package org.glip.mask;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.glip.random.KeyedRandom;
import org.jspecify.annotations.Nullable;

/**
 * A mask on a grid of patches: the random choice of the patches that an image tower sees. <b>Polarity: what is drawn
 * are the patches that are kept.</b>
 *
 * <p>The paper's masks score each patch with fresh uniform noise plus a fixed bonus of its position, and keep the k
 * patches
 * with the largest scores (paper: score = u - a with a = 1 - p, so the bonus of {@link Mask.Gaussian} is p - 1; the
 * others give none). {@link BlockMask}, {@link GridMask} and {@link MapMask}, whose patches depend on each other, are
 * drawn as a whole instead. Masks speak of image patches only; the class token is no patch and always stays.
 *
 * <p>Samplers are immutable and may be shared between threads.
 */
public final class MaskSampler {
    private final Mask mask;
    private final PatchGrid grid;
    private final int kept;

    /** Of a training, 0 where there is none. */
    private final long steps;

    /** Of each patch, row-major; never written after construction. */
    private final double[] bonus;

    /** Null for a mask that scores its patches. */
    private final @Nullable PatchDraw draw;

    MaskSampler(Mask mask, PatchGrid grid, long steps) {
        this.mask = Objects.requireNonNull(mask, "mask");
        this.grid = Objects.requireNonNull(grid, "grid");
        this.kept = mask.keptPatches(grid.patches());
        this.steps = steps;
        this.bonus = bonus(mask instanceof AnnealedMask annealed ? annealed.at(steps, steps) : mask, grid);
        this.draw = draw(mask, grid, kept);
    }

    private static double[] bonus(Mask mask, PatchGrid grid) {
        double[] bonus = new double[grid.patches()];
        if (mask instanceof Mask.Gaussian gaussian) {
            for (int patch = 0; patch < bonus.length; patch++) {
                bonus[patch] = gaussian.density(grid, patch / grid.side(), patch % grid.side()) - 1;
            }
        }
        return bonus;
    }

    private static @Nullable PatchDraw draw(Mask mask, PatchGrid grid, int kept) {
        if (mask instanceof BlockMask) {
            return PatchDraw.block(grid, kept);
        } else if (mask instanceof GridMask) {
            return PatchDraw.grid(grid, kept);
        } else if (mask instanceof MapMask map) {
            return PatchDraw.map(map.probabilities(grid), kept);
        }
        return null;
    }

    /** {@return the mask that is sampled} */
    public Mask mask() {
        return mask;
    }

    /** {@return the grid whose patches are chosen} */
    public PatchGrid grid() {
        return grid;
    }

    /** {@return the number of patches that stay, k; see {@link Mask#keptPatches}} */
    public int kept() {
        return kept;
    }

    /**
     * Draws the kept patches of one image. A pure function of its arguments: neither the batch split, nor the order of
     * calls, nor the thread changes it.
     *
     * @param runSeed the run's seed
     * @param step the training step; a new step draws anew
     * @param sampleIndex the global index of the sample
     * @return {@link #kept()} patch indices (row * side + column), ascending, without repetition
     */
    public int[] sample(long runSeed, long step, long sampleIndex) {
        if (kept == bonus.length) { // nothing to choose, so no noise to draw: its generator serves this sample alone
            return IntStream.range(0, kept).toArray();
        }
        SplittableRandom random = KeyedRandom.stream(runSeed, KeyedRandom.Purpose.MASK, step, sampleIndex);
        if (draw != null) {
            return draw.draw(random);
        }
        boolean changes = steps > 0 && mask instanceof AnnealedMask;
        double[] scores = changes ? bonus(((AnnealedMask) mask).at(step, steps), grid) : bonus.clone();
        return TopScores.keep(random, scores, kept);
    }

    /**
     * {@return the uniform noise of a draw, a number from [0, 1) for each patch (row * side + column)} {@link #sample}
     * keeps the patches for which noise plus {@link #keepBonus} is largest; of equal sums the first.
     *
     * @param runSeed the run's seed
     * @param step the training step
     * @param sampleIndex the global index of the sample
     */
    public double[] noise(long runSeed, long step, long sampleIndex) {
        SplittableRandom random = KeyedRandom.stream(runSeed, KeyedRandom.Purpose.MASK, step, sampleIndex);
        return random.doubles(bonus.length).toArray();
    }

    /**
     * {@return what is added to the uniform noise of a patch; only differences between patches matter. Of
     * {@link AnnealedMask} it is that of the last step}
     *
     * @param row row of the patch, from 0 at the top
     * @param column column of the patch, from 0 at the left
     * @throws IndexOutOfBoundsException if there is no such patch
     * @throws IllegalArgumentException if the mask does not score its patches: a block, a grid, a map
     */
    public double keepBonus(int row, int column) {
        if (draw != null) {
            throw new IllegalArgumentException(
                    "The mask " + mask.name() + " draws its patches as a whole; it gives none of them a bonus");
        }
        return bonus[Objects.checkIndex(row, grid.side()) * grid.side() + Objects.checkIndex(column, grid.side())];
    }

    /**
     * Checks that this sampler was made for the grid it is about to be applied to.
     *
     * @param actual the grid of the images at hand
     * @return this sampler
     * @throws IllegalArgumentException if the grids differ
     */
    public MaskSampler requireGrid(PatchGrid actual) {
        if (!grid.equals(actual)) {
            throw new IllegalArgumentException("The mask was made for " + grid + ", but the images are cut into "
                    + actual + "; make it with Mask.on(grid of the model's images)");
        }
        return this;
    }

    @Override
    public String toString() {
        return mask + ", keeps " + kept + " of " + grid;
    }
}
