package org.glip.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.glip.Parity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every patch of every mask against an implementation in numpy: src/test/python/keep_frequency_maps.py. */
class KeepFrequencyMapTest {
    /**
     * Of the 11,344 patches in all, one of a right map is beyond this many standard errors once in some 400 runs of the
     * script.
     */
    private static final double STANDARD_ERRORS = 5.2;

    @ParameterizedTest(name = "grid {0}, sigma {1}, ratio {2}")
    @CsvFileSource(resources = "keep-frequencies.csv", numLinesToSkip = 1, maxCharsPerColumn = 10_000)
    void mapsEqualTheNumpyImplementationWithinMonteCarloError(
            int side, double sigma, double ratio, int draws, String counts) {
        int[] reference =
                Stream.of(counts.split(" ")).mapToInt(Integer::parseInt).toArray();
        MaskSampler mask = Mask.gaussian(ratio, sigma).on(new PatchGrid(side));
        assertEquals(
                (long) mask.kept() * draws,
                Arrays.stream(reference).asLongStream().sum(),
                "patches kept in all");
        double[][] exact = KeepProbability.exact(mask);
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < reference.length; i++) {
            double p = Math.min(1, exact[i / side][i % side]); // may be over by rounding
            double difference = Math.abs(p - reference[i] / (double) draws);
            // at p near 0 or 1 counts follow Poisson's law, whose tail is longer: one draw is then no error
            double error = Math.sqrt(p * (1 - p) / draws) + 0.3 / draws;
            worst = Math.max(worst, difference / error);
            largest = Math.max(largest, difference);
        }
        String row = "keep frequencies, grid " + side + " sigma " + sigma + " ratio " + ratio;
        Parity.check(row, "standard errors", worst, STANDARD_ERRORS);
        Parity.check(row, "frequency", largest, STANDARD_ERRORS * 0.5 / Math.sqrt(draws));
    }
}
