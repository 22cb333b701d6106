package org.glip.mask;

import java.util.Objects;

/**
 * The paper's centred mask: patches near the centre of the image are kept more often.
 *
 * <p><b>{@code sigma} is a VARIANCE, not a standard deviation.</b> The paper writes sigma and uses it as the diagonal
 * of the covariance matrix; the library keeps the paper's name and meaning, so the default 0.2 is a true standard
 * deviation of sqrt(0.2) = 0.447. Those who think in standard deviations use {@link Mask#gaussianStandardDeviation}.
 *
 * <p>With coordinates x_i = -1 + 2i/(side - 1), both ends included, and v = sigma:
 *
 * <pre>
 *   p(i,j) = 1/(2 pi v) * exp(-(x_i^2 + x_j^2) / (2 v))      a density, NOT normalised over the grid
 *   score  = u - (1 - p(i,j)),   u ~ U[0,1)                   the k largest scores stay
 * </pre>
 *
 * A grid of one patch has its only patch in the centre, x = 0. As v grows, p becomes flat and the mask becomes
 * {@link RandomMask}: for equal keys even the same patches are drawn.
 *
 * @param ratio share of patches that is dropped, in [0, 1)
 * @param sigma the paper's sigma, a <b>VARIANCE</b> in units where the image spans [-1, 1]; positive and finite
 */
public record GaussianMask(double ratio, double sigma) implements Mask {
    static final String NAME = "gaussian";

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public GaussianMask {
        KeepCount.requireRatio(ratio);
        if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "sigma, the variance of the Gaussian mask, must be positive and finite," + " for example 0.2, not "
                            + sigma + (sigma == Double.POSITIVE_INFINITY ? "; its limit is the random mask" : ""));
        }
    }

    static double variance(double standardDeviation) {
        if (!(standardDeviation > 0 && standardDeviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The standard deviation of the Gaussian mask must be positive and finite,"
                            + " for example 0.447, not " + standardDeviation);
        }
        return standardDeviation * standardDeviation;
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * The Gaussian density p of a patch, as in the formula above. It may exceed 1: for sigma 0.1 it is 1.5 in the
     * centre.
     *
     * @param row row of the patch, from 0 at the top
     * @param column column of the patch, from 0 at the left
     */
    double density(PatchGrid grid, int row, int column) {
        double y = coordinate(grid, row);
        double x = coordinate(grid, column);
        return Math.exp(-(y * y + x * x) / (2 * sigma)) / (2 * Math.PI * sigma);
    }

    /** -1 + 2i/(side-1) over a common denominator, so that opposite patches get exactly opposite coordinates. */
    private static double coordinate(PatchGrid grid, int i) {
        int side = grid.side();
        Objects.checkIndex(i, side);
        return side == 1 ? 0 : (2.0 * i - (side - 1)) / (side - 1);
    }

    @Override
    public String toString() {
        return NAME + " " + KeepCount.percent(ratio) + ", sigma " + sigma + " (variance)";
    }
}
