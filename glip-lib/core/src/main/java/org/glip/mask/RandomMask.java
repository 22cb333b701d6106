package org.glip.mask;

import java.util.Objects;
import org.glip.random.KeyedRandom;

/**
 * The mask of FLIP: every patch is kept with the same probability k / N (score = u, no bonus).
 *
 * @param grid the patch grid
 * @param ratio share of patches that is dropped, in [0, 1)
 */
public record RandomMask(PatchGrid grid, double ratio) implements PatchMask {
    /** @throws IllegalArgumentException if the ratio is outside [0, 1) */
    public RandomMask {
        Objects.requireNonNull(grid, "grid");
        KeepCount.requireRatio(ratio);
    }

    @Override
    public int kept() {
        return KeepCount.keptPatches(grid.patches(), ratio);
    }

    @Override
    public int[] sample(long runSeed, long step, long sampleIndex) {
        return TopScores.keep(
                KeyedRandom.stream(runSeed, KeyedRandom.Purpose.MASK, step, sampleIndex),
                new double[grid.patches()],
                kept());
    }

    @Override
    public double keepBonus(int row, int column) {
        Objects.checkIndex(row, grid.side());
        Objects.checkIndex(column, grid.side());
        return 0;
    }

    @Override
    public String toString() {
        return "random mask, keeps " + kept() + " of " + grid;
    }
}
