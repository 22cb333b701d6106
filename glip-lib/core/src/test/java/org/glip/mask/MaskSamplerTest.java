package org.glip.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskSamplerTest {
    private static final long SEED = 7;

    static Stream<MaskSampler> masks() {
        return IntStream.of(1, 2, 7, 8, 14)
                .mapToObj(PatchGrid::new)
                .flatMap(grid -> Stream.of(
                                Mask.none(),
                                Mask.random(0.5),
                                Mask.random(0.918),
                                Mask.gaussian(0.5, 0.2),
                                Mask.gaussian(0.75, 0.1),
                                Mask.gaussian(0.918, 0.8))
                        .map(config -> config.on(grid)));
    }

    @ParameterizedTest
    @MethodSource("masks")
    void keepsTheRightNumberOfPatchesInAscendingOrder(MaskSampler mask) {
        for (int sample = 0; sample < 200; sample++) {
            int[] kept = mask.sample(SEED, 3, sample);
            assertEquals(mask.kept(), kept.length);
            assertTrue(kept[0] >= 0 && kept[kept.length - 1] < mask.grid().patches());
            for (int i = 1; i < kept.length; i++) {
                assertTrue(kept[i - 1] < kept[i], () -> Arrays.toString(kept));
            }
        }
    }

    /** The definition, word for word: sort all scores, take the k largest. */
    @ParameterizedTest
    @MethodSource("masks")
    void keepsTheLargestScores(MaskSampler mask) {
        int side = mask.grid().side();
        for (int sample = 0; sample < 50; sample++) {
            double[] noise = mask.noise(SEED, 3, sample);
            double[] scores = IntStream.range(0, side * side)
                    .mapToDouble(i -> noise[i] + mask.keepBonus(i / side, i % side))
                    .toArray();
            int[] expected = IntStream.range(0, side * side)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -scores[i]))
                    .limit(mask.kept())
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            assertArrayEquals(expected, mask.sample(SEED, 3, sample));
        }
    }

    @ParameterizedTest
    @MethodSource("masks")
    void dependsOnTheKeyAloneAndNotOnThreadOrOrder(MaskSampler mask) {
        int[][] forward =
                IntStream.range(0, 100).mapToObj(i -> mask.sample(SEED, 5, i)).toArray(int[][]::new);
        int[][] parallel = IntStream.range(0, 100)
                .parallel()
                .mapToObj(i -> mask.sample(SEED, 5, i))
                .toArray(int[][]::new);
        for (int i = 99; i >= 0; i--) {
            assertArrayEquals(forward[i], mask.sample(SEED, 5, i));
            assertArrayEquals(forward[i], parallel[i]);
        }
    }

    @Test
    void drawsAnewForEveryStepSampleAndSeed() {
        for (Mask config : List.of(Mask.random(0.75), Mask.gaussian(0.75, 0.2))) {
            MaskSampler mask = config.on(new PatchGrid(14));
            int[] first = mask.sample(1, 1, 1);
            assertFalse(Arrays.equals(first, mask.sample(1, 2, 1)));
            assertFalse(Arrays.equals(first, mask.sample(1, 1, 2)));
            assertFalse(Arrays.equals(first, mask.sample(2, 1, 1)));
        }
    }

    /** Drawn before the sampler was rewritten: trained results depend on every one of these numbers. */
    @Test
    void drawsThePatchesOfTheGoldenDraws() {
        PatchGrid grid = new PatchGrid(7);
        assertArrayEquals(
                new int[] {0, 2, 15, 16, 18, 19, 22, 24, 25, 26, 30, 31, 32, 34, 35, 36, 37, 39, 41, 42, 43, 45, 46, 48
                },
                Mask.random(0.5).on(grid).sample(7, 3, 11));
        assertArrayEquals(
                new int[] {16, 24, 25, 31}, Mask.gaussian(0.918, 0.2).on(grid).sample(7, 3, 11));
        assertArrayEquals(
                new int[] {16, 17, 18, 22, 23, 24, 25, 30, 31, 32, 39, 46},
                Mask.gaussianStandardDeviation(0.75, 0.3).on(grid).sample(7, 3, 11));
    }

    @Test
    void becomesTheRandomMaskAsSigmaGrows() {
        PatchGrid grid = new PatchGrid(14);
        MaskSampler flat = Mask.gaussian(0.75, 1e9).on(grid);
        MaskSampler random = Mask.random(0.75).on(grid);
        for (int sample = 0; sample < 1000; sample++) {
            assertArrayEquals(random.sample(SEED, 0, sample), flat.sample(SEED, 0, sample));
        }
    }

    @Test
    void keepsTheCentreMoreOftenThanTheBorder() {
        double[][] frequency = KeepProbability.simulate(Mask.gaussian(0.75, 0.2).on(new PatchGrid(8)), 2000, SEED);
        assertTrue(frequency[3][4] > 3 * frequency[0][0], () -> Arrays.deepToString(frequency));
    }

    @Test
    void breaksTiesByTheSmallerIndex() {
        // A bonus so large that the noise vanishes in rounding leaves exactly equal scores.
        double[] equal = {1e300, 1e300, 0, 1e300, 1e300};
        assertArrayEquals(new int[] {0, 1, 3}, TopScores.keep(new SplittableRandom(1), equal, 3));
    }

    @Test
    void keepsEverythingWithoutAMaskOrAtRatioZero() {
        int[] all = IntStream.range(0, 64).toArray();
        PatchGrid grid = new PatchGrid(8);
        assertArrayEquals(all, Mask.none().on(grid).sample(1, 2, 3));
        assertArrayEquals(all, Mask.random(0).on(grid).sample(1, 2, 3));
        assertArrayEquals(all, Mask.gaussian(0, 0.2).on(grid).sample(1, 2, 3));
    }
}
