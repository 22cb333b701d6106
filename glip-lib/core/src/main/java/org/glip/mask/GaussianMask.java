package org.glip.mask;

import java.util.Objects;
import org.glip.random.KeyedRandom;

/**
 * The paper's centred mask: patches near the centre of the image are kept more often.
 *
 * <p><b>{@code sigma} is a VARIANCE, not a standard deviation.</b> The paper writes sigma and uses it as the diagonal of the
 * covariance matrix; the library keeps the paper's name and meaning, so the default 0.2 is a true standard deviation of
 * sqrt(0.2) = 0.447. Those who think in standard deviations use {@link #ofStandardDeviation}.
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
 */
public final class GaussianMask implements PatchMask {
    private final PatchGrid grid;
    private final double ratio;
    private final double sigma;
    private final int kept;

    /** p - 1 for each patch, row-major; never written after construction. */
    private final double[] bonus;

    /**
     * @param grid the patch grid
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param sigma the paper's sigma, a <b>variance</b> in units where the image spans [-1, 1]; positive and finite
     * @throws IllegalArgumentException if an argument is outside its range
     */
    public GaussianMask(PatchGrid grid, double ratio, double sigma) {
        requireSigma(sigma);
        this.grid = Objects.requireNonNull(grid, "grid");
        this.ratio = ratio;
        this.sigma = sigma;
        this.kept = KeepCount.keptPatches(grid.patches(), ratio);
        this.bonus = new double[grid.patches()];
        for (int row = 0; row < grid.side(); row++) {
            for (int column = 0; column < grid.side(); column++) {
                bonus[row * grid.side() + column] = density(row, column) - 1;
            }
        }
    }

    /**
     * The same mask by its true standard deviation: {@code sigma = standardDeviation^2}.
     *
     * @param grid the patch grid
     * @param ratio share of patches that is dropped, in [0, 1)
     * @param standardDeviation in units where the image spans [-1, 1]; positive and finite
     * @throws IllegalArgumentException if an argument is outside its range
     */
    public static GaussianMask ofStandardDeviation(PatchGrid grid, double ratio, double standardDeviation) {
        return new GaussianMask(grid, ratio, variance(standardDeviation));
    }

    /**
     * The Gaussian density p of a patch, as in the formula above. It may exceed 1: for sigma 0.1 it is 1.5 in the centre.
     *
     * @param row row of the patch, from 0 at the top
     * @param column column of the patch, from 0 at the left
     * @throws IndexOutOfBoundsException if there is no such patch
     */
    public double density(int row, int column) {
        double y = coordinate(row);
        double x = coordinate(column);
        return Math.exp(-(y * y + x * x) / (2 * sigma)) / (2 * Math.PI * sigma);
    }

    /** The paper's sigma: a <b>variance</b>. */
    public double sigma() {
        return sigma;
    }

    @Override
    public PatchGrid grid() {
        return grid;
    }

    @Override
    public double ratio() {
        return ratio;
    }

    @Override
    public int kept() {
        return kept;
    }

    @Override
    public int[] sample(long runSeed, long step, long sampleIndex) {
        return TopScores.keep(
                KeyedRandom.stream(runSeed, KeyedRandom.Purpose.MASK, step, sampleIndex), bonus.clone(), kept);
    }

    @Override
    public double keepBonus(int row, int column) {
        return density(row, column) - 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GaussianMask that
                && grid.equals(that.grid)
                && Double.compare(ratio, that.ratio) == 0
                && Double.compare(sigma, that.sigma) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(grid, ratio, sigma);
    }

    @Override
    public String toString() {
        return "Gaussian mask, sigma " + sigma + " (variance), keeps " + kept + " of " + grid;
    }

    static void requireSigma(double sigma) {
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

    /** -1 + 2i/(side-1) over a common denominator, so that opposite patches get exactly opposite coordinates. */
    private double coordinate(int i) {
        int side = grid.side();
        Objects.checkIndex(i, side);
        return side == 1 ? 0 : (2.0 * i - (side - 1)) / (side - 1);
    }
}
