package org.glip.report;

/**
 * A map of keep probabilities in four numbers.
 *
 * @param centre mean of the central 2 x 2 patches
 * @param inner mean of the central 8 x 8 patches
 * @param border mean of the outermost ring of patches
 * @param corner mean of the four corners
 */
public record KeepRegions(double centre, double inner, double border, double corner) {
    private static final int INNER_SIDE = 8;

    /**
     * Summarises a map.
     *
     * @param probability by row and column, as {@link org.glip.mask.KeepProbability} gives it; square
     * @return the summary
     * @throws IllegalArgumentException if its side is odd or below 8, so that there is no such centre
     */
    public static KeepRegions of(double[][] probability) {
        int side = probability.length;
        if (side < INNER_SIDE || side % 2 != 0) {
            throw new IllegalArgumentException(
                    "A map with an inner square of 8 x 8 patches has an even side of 8 or" + " more, not " + side);
        }
        double all = square(probability, side);
        double border = (all - square(probability, side - 2)) / (4 * (side - 1));
        double corner = (probability[0][0]
                        + probability[0][side - 1]
                        + probability[side - 1][0]
                        + probability[side - 1][side - 1])
                / 4;
        return new KeepRegions(
                square(probability, 2) / 4,
                square(probability, INNER_SIDE) / (INNER_SIDE * INNER_SIDE),
                border,
                corner);
    }

    /** The sum over the central square of this side. */
    private static double square(double[][] values, int side) {
        int first = (values.length - side) / 2;
        double sum = 0;
        for (int row = first; row < first + side; row++) {
            for (int column = first; column < first + side; column++) {
                sum += values[row][column];
            }
        }
        return sum;
    }
}
