package org.glip.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepProbabilityTest {
    private static final int SIDE = 14;

    /** Four standard errors of a mean over four patches: 20,000 draws here and 40,000 in the table. */
    private static final double MONTE_CARLO_ERROR = 0.009;

    /**
     * Monte-Carlo values of src/test/python/marginal_keep_probabilities.py, means over each region. Sigma 0 stands for
     * random.
     */
    @ParameterizedTest(name = "sigma {0}, ratio {1}")
    @CsvFileSource(resources = "marginal-keep-probabilities.csv", numLinesToSkip = 1)
    void agreesWithTheMarginalTable(
            double sigma, double ratio, double centre, double inner, double border, double corner) {
        Mask config = sigma == 0 ? Mask.random(ratio) : Mask.gaussian(ratio, sigma);
        MaskSampler mask = config.on(new PatchGrid(SIDE));
        for (double[][] map :
                new double[][][] {KeepProbability.exact(mask), KeepProbability.simulate(mask, 20_000, 11)}) {
            assertEquals(centre, mean(map, i -> ring(i) == 6), MONTE_CARLO_ERROR, "centre 2x2");
            assertEquals(inner, mean(map, i -> ring(i) >= 3), MONTE_CARLO_ERROR, "inner 8x8");
            assertEquals(border, mean(map, i -> ring(i) == 0), MONTE_CARLO_ERROR, "border");
            assertEquals(corner, mean(map, KeepProbabilityTest::isCorner), MONTE_CARLO_ERROR, "corner");
        }
    }

    /** 0 for the outermost ring of patches, 6 for the centre four. */
    private static int ring(int patch) {
        int row = patch / SIDE;
        int column = patch % SIDE;
        return Math.min(Math.min(row, SIDE - 1 - row), Math.min(column, SIDE - 1 - column));
    }

    private static boolean isCorner(int patch) {
        return patch % SIDE % (SIDE - 1) == 0 && patch / SIDE % (SIDE - 1) == 0;
    }

    private static double mean(double[][] map, IntPredicate patches) {
        return IntStream.range(0, SIDE * SIDE)
                .filter(patches)
                .mapToDouble(i -> map[i / SIDE][i % SIDE])
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "1, .5, .2",
        "2, .5, .2",
        "3, .6, .1",
        "5, .75, .05",
        "8, .3, .2",
        "8, .918, .4",
        "14, .75, .2",
        "16, .5, .2"
    })
    void exactProbabilitiesAddUpToTheKeptNumber(int side, double ratio, double sigma) {
        MaskSampler mask = Mask.gaussian(ratio, sigma).on(new PatchGrid(side));
        double sum = 0;
        for (double[] row : KeepProbability.exact(mask)) {
            for (double p : row) {
                assertEquals(0.5, p, 0.5 + 1e-12, "a probability");
                sum += p;
            }
        }
        assertEquals(mask.kept(), sum, 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.75, 0.918})
    void exactIsTheKeptShareForTheRandomMask(double ratio) {
        MaskSampler mask = Mask.random(ratio).on(new PatchGrid(SIDE));
        for (double[] row : KeepProbability.exact(mask)) {
            for (double p : row) {
                assertEquals(mask.kept() / 196.0, p, 1e-11);
            }
        }
    }

    @Test
    void exactFollowsAHandComputedCase() {
        // sigma 0.1 on 3x3: centre p = 1.5915, edges p = 0.0107, corners p = 7.2e-5; the centre's least score beats
        // every other.
        double[][] centreOnly = KeepProbability.exact(Mask.gaussian(0.85, 0.1).on(new PatchGrid(3)));
        assertEquals(1, centreOnly[1][1], 1e-12);
        assertEquals(0, centreOnly[0][1], 1e-12);
        // Two kept: the second place falls to one of 8. With d = edge bonus - corner bonus, a corner wins with
        // probability
        // integral over its noise u in [d, 1] of u^3 (u-d)^4.
        double d = Math.exp(-5) * (1 - Math.exp(-5)) / (0.2 * Math.PI);
        double corner = 0;
        int steps = 100_000;
        for (int i = 0; i < steps; i++) {
            double u = d + (1 - d) * (i + 0.5) / steps;
            corner += Math.pow(u, 3) * Math.pow(u - d, 4) * (1 - d) / steps;
        }
        double[][] two = KeepProbability.exact(Mask.gaussian(0.77, 0.1).on(new PatchGrid(3)));
        assertEquals(corner, two[0][0], 1e-9);
        assertEquals((1 - 4 * corner) / 4, two[1][2], 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"7, .5, .2", "9, .8, .05", "8, .75, .2"})
    void exactAgreesWithSimulationPatchByPatch(int side, double ratio, double sigma) {
        MaskSampler mask = Mask.gaussian(ratio, sigma).on(new PatchGrid(side));
        int draws = 40_000;
        double[][] exact = KeepProbability.exact(mask);
        double[][] simulated = KeepProbability.simulate(mask, draws, 3);
        for (int i = 0; i < side * side; i++) {
            double p = exact[i / side][i % side];
            double fiveErrors = 5 * Math.sqrt(p * (1 - p) / draws) + 1e-9;
            assertEquals(p, simulated[i / side][i % side], fiveErrors, "patch " + i);
        }
    }

    @Test
    void rejectsASimulationWithoutDraws() {
        assertThrows(
                IllegalArgumentException.class,
                () -> KeepProbability.simulate(Mask.none().on(new PatchGrid(2)), 0, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 8, 63, 195, 255})
    void quadratureIsExactForItsDegree(int degree) {
        GaussLegendre rule = GaussLegendre.exactForDegree(degree);
        for (int power = 0; power <= degree; power++) {
            double sum = 0;
            for (int i = 0; i < rule.size(); i++) {
                sum += rule.weight(i) * Math.pow(rule.node(i), power);
            }
            assertEquals(power % 2 == 0 ? 2.0 / (power + 1) : 0, sum, 1e-13, "power " + power);
        }
    }
}
