package org.glip.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianMaskTest {
    private static final PatchGrid GRID = new PatchGrid(14);

    /** The values derived from the formula of the paper, section 2 of our notes. */
    @ParameterizedTest
    @CsvSource({
        "0.2, 6, 6, 0.7726, 5e-5", "0.2, 7, 6, 0.7726, 5e-5", "0.2, 7, 7, 0.7726, 5e-5", "0.2, 0, 0, 0.005362, 5e-7",
        "0.2, 13, 13, 0.005362, 5e-7", "0.2, 0, 6, 0.064362, 5e-7", "0.2, 6, 0, 0.064362, 5e-7",
                "0.1, 6, 7, 1.5001, 5e-5",
        "0.1, 0, 13, 7.2e-5, 5e-7", "0.8, 6, 6, 0.1975, 5e-5", "0.8, 13, 0, 0.056998, 5e-7"
    })
    void hasTheDensityOfThePaper(double sigma, int row, int column, double p, double tolerance) {
        Mask.Gaussian mask = new Mask.Gaussian(0.5, sigma);
        assertEquals(p, mask.density(GRID, row, column), tolerance);
        assertEquals(p - 1, mask.on(GRID).keepBonus(row, column), tolerance);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 40.949, 5e-4", "0.8, 25.18, 5e-3"})
    void doesNotNormaliseTheDensityOverTheGrid(double sigma, double sum, double tolerance) {
        Mask.Gaussian mask = new Mask.Gaussian(0.5, sigma);
        double total = 0;
        for (int patch = 0; patch < GRID.patches(); patch++) {
            total += mask.density(GRID, patch / 14, patch % 14);
        }
        assertEquals(sum, total, tolerance);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 14})
    void isExactlySymmetric(int side) {
        Mask.Gaussian mask = new Mask.Gaussian(0.5, 0.2);
        PatchGrid grid = new PatchGrid(side);
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                assertEquals(mask.density(grid, row, column), mask.density(grid, column, row));
                assertEquals(mask.density(grid, row, column), mask.density(grid, side - 1 - row, column));
            }
        }
    }

    @Test
    void putsTheOnlyPatchOfAGridInTheCentre() {
        Mask.Gaussian mask = new Mask.Gaussian(0.5, 0.2);
        PatchGrid single = new PatchGrid(1);
        assertEquals(1 / (2 * Math.PI * 0.2), mask.density(single, 0, 0), 1e-15);
        assertEquals(1, mask.on(single).sample(1, 2, 3).length);
    }

    @Test
    void takesSigmaAsAVarianceAndTheOtherFactoryAsAStandardDeviation() {
        assertEquals(new Mask.Gaussian(0.75, 0.25), Mask.gaussian(0.75, 0.25));
        assertEquals(new Mask.Gaussian(0.75, 0.25), Mask.gaussianStandardDeviation(0.75, 0.5));
        // One standard deviation from the centre the density has fallen to exp(-1/2): on 5 patches, column 3 lies at x
        // = 0.5.
        PatchGrid grid = new PatchGrid(5);
        Mask.Gaussian mask = new Mask.Gaussian(0.75, 0.25);
        assertEquals(Math.exp(-0.5), mask.density(grid, 2, 3) / mask.density(grid, 2, 2), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.2, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsASigmaThatIsNoVariance(double sigma) {
        var error = assertThrows(IllegalArgumentException.class, () -> new Mask.Gaussian(0.5, sigma));
        assertTrue(
                error.getMessage().contains("sigma") && error.getMessage().contains(Double.toString(sigma)),
                error.getMessage());
        var other = assertThrows(IllegalArgumentException.class, () -> Mask.gaussianStandardDeviation(0.5, sigma));
        assertTrue(other.getMessage().contains("standard deviation"), other.getMessage());
    }

    @Test
    void rejectsAPatchOutsideTheGrid() {
        MaskSampler mask = Mask.gaussian(0.5, 0.2).on(GRID);
        assertThrows(IndexOutOfBoundsException.class, () -> mask.keepBonus(14, 0));
        assertThrows(
                IndexOutOfBoundsException.class, () -> Mask.random(0.5).on(GRID).keepBonus(0, -1));
    }
}
