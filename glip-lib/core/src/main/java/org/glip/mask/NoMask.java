package org.glip.mask;

import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Keeps every patch: plain CLIP, the unmasked tuning epoch, and evaluation.
 *
 * @param grid the patch grid
 */
public record NoMask(PatchGrid grid) implements PatchMask {
    /** Needs a grid. */
    public NoMask {
        Objects.requireNonNull(grid, "grid");
    }

    @Override
    public double ratio() {
        return 0;
    }

    @Override
    public int kept() {
        return grid.patches();
    }

    @Override
    public int[] sample(long runSeed, long step, long sampleIndex) {
        return IntStream.range(0, grid.patches()).toArray();
    }

    @Override
    public double keepBonus(int row, int column) {
        Objects.checkIndex(row, grid.side());
        Objects.checkIndex(column, grid.side());
        return 0;
    }

    @Override
    public String toString() {
        return "no mask, keeps all of " + grid;
    }
}
