package org.glip.mask;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps each patch as often as a map says, which may have any shape: fitted to data, off the centre, with hills.
 * The map is scaled so that k patches are kept; where that would ask for more than always, a patch is always kept, and
 * the others more often. Exactly these probabilities come out (systematic sampling in random order; Madow 1949).
 *
 * @param ratio share of patches that is dropped, in [0, 1)
 * @param map how often each patch is kept, in any unit, by row and column; a square of finite numbers, none below 0
 */
public record MapMask(double ratio, List<List<Double>> map) implements Mask {
    static final String NAME = "map";

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the ratio is outside [0, 1), the map is no square, or has an entry below 0 or
     *     one that is no finite number, or fewer entries above 0 than patches are to be kept; the entry is named
     */
    public MapMask {
        KeepCount.requireRatio(ratio);
        int side = map.size();
        int above = 0;
        List<List<Double>> copy = new ArrayList<>();
        for (int row = 0; row < side; row++) {
            if (map.get(row).size() != side) {
                throw new IllegalArgumentException("A map of patches is a square: row " + row + " of " + side + " has "
                        + map.get(row).size() + " entries");
            }
            for (int column = 0; column < side; column++) {
                double entry = map.get(row).get(column);
                if (!(entry >= 0 && entry < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("A map of patches holds finite numbers from 0 on, but row " + row
                            + ", column " + column + " is " + entry);
                }
                above += entry > 0 ? 1 : 0;
            }
            copy.add(List.copyOf(map.get(row)));
        }
        if (side == 0) {
            throw new IllegalArgumentException("A map of patches has at least one");
        }
        int kept = KeepCount.keptPatches(side * side, ratio);
        if (above < kept) {
            throw new IllegalArgumentException("Of " + side + " x " + side + " patches " + kept
                    + " are to be kept, but the map has only " + above + " above 0: drop more, or widen the map");
        }
        map = List.copyOf(copy);
    }

    /**
     * Returns how often each patch is kept.
     *
     * @param grid the patches of the pictures
     * @return probabilities, row by row; their sum is k
     * @throws IllegalArgumentException if the map is of another grid
     */
    double[] probabilities(PatchGrid grid) {
        if (grid.side() != map.size()) {
            throw new IllegalArgumentException("The map is of " + map.size() + " x " + map.size()
                    + " patches, but the pictures have " + grid + ": fit a map for them");
        }
        double[] weights = map.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] probability = new double[weights.length];
        boolean[] always = new boolean[weights.length];
        boolean isScaled = false;
        while (!isScaled) { // once more for each patch that the scale before would have kept more than always, at most
            double sum = 0;
            int open = keptPatches(weights.length);
            for (int i = 0; i < weights.length; i++) {
                sum += always[i] ? 0 : weights[i];
                open -= always[i] ? 1 : 0;
            }
            isScaled = true;
            for (int i = 0; i < weights.length; i++) {
                probability[i] = always[i] ? 1 : open == 0 ? 0 : weights[i] / sum * open;
                if (probability[i] > 1) {
                    always[i] = true;
                    isScaled = false;
                }
            }
        }
        return probability;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String toString() {
        return NAME + " " + percent() + ", of " + map.size() + " x " + map.size() + " patches, fingerprint "
                + Integer.toHexString(map.hashCode());
    }
}
