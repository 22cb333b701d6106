package org.glip.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks that are not the paper's: each by what defines it. */
class OtherMasksTest {
    private static final long SEED = 7;

    private static MapMask hill(int side, double ratio) {
        return new MapMask(
                ratio,
                IntStream.range(0, side)
                        .mapToObj(row -> IntStream.range(0, side)
                                .mapToObj(column -> 0.02 + (row < 2 && column > 3 ? 0.9 : 0.1 * row / side))
                                .toList())
                        .toList());
    }

    static Stream<Mask> masks() {
        return Stream.of(.5, .75, .918, .3)
                .flatMap(ratio -> Stream.of(
                        new BlockMask(ratio), new GridMask(ratio), new AnnealedMask(ratio, .1, .8), hill(14, ratio)));
    }

    @ParameterizedTest
    @MethodSource("masks")
    void keepsTheRightNumberAsAFunctionOfTheKeyAlone(Mask mask) {
        PatchGrid grid = new PatchGrid(14);
        MaskSampler sampler = mask.on(grid, 10);
        Set<String> draws = new HashSet<>();
        for (int sample = 0; sample < 50; sample++) {
            int[] kept = sampler.sample(SEED, 3, sample);
            assertEquals(mask.keptPatches(196), Arrays.stream(kept).distinct().count());
            assertTrue(Arrays.stream(kept).allMatch(patch -> 0 <= patch && patch < 196));
            assertArrayEquals(Arrays.stream(kept).sorted().toArray(), kept);
            assertArrayEquals(kept, mask.on(grid, 10).sample(SEED, 3, sample), "another sampler draws the same");
            draws.add(Arrays.toString(kept));
        }
        assertTrue(draws.size() > 25, () -> draws.size() + " different draws of 50");
    }

    @ParameterizedTest
    @MethodSource("masks")
    void comesBackFromACheckpoint(Mask mask) {
        String json = new Gson().toJson(mask, Mask.class);
        assertEquals(mask, new Gson().fromJson(json, Mask.class), json);
    }

    @ParameterizedTest
    @CsvSource({"14, .75", "14, .918", "8, .5", "7, .75", "7, .3", "5, .9", "4, .1"})
    void aBlockIsOnePieceInTheSmallestSquarishRectangle(int side, double ratio) {
        MaskSampler sampler = new BlockMask(ratio).on(new PatchGrid(side));
        for (int sample = 0; sample < 200; sample++) {
            int[] kept = sampler.sample(SEED, 0, sample);
            int height = extent(Arrays.stream(kept).map(patch -> patch / side));
            int width = extent(Arrays.stream(kept).map(patch -> patch % side));
            assertTrue(height * width - kept.length < Math.max(height, width), height + " x " + width);
            boolean touchesEnds = height == side || width == side;
            assertTrue(Math.abs(height - width) <= 2 || touchesEnds, height + " x " + width);
            assertEquals(kept.length, piece(kept, side), "patches that hang together");
        }
    }

    private static int extent(IntStream places) {
        var statistics = places.summaryStatistics();
        return statistics.getMax() - statistics.getMin() + 1;
    }

    /** How many patches can be reached from the first one. */
    private static int piece(int[] kept, int side) {
        Set<Integer> left = new HashSet<>(Arrays.stream(kept).boxed().toList());
        Set<Integer> edge = new HashSet<>(Set.of(kept[0]));
        left.remove(kept[0]);
        int reached = 1;
        while (!edge.isEmpty()) {
            Set<Integer> next = new HashSet<>();
            for (int patch : left) {
                boolean isNeighbour = edge.stream()
                        .anyMatch(at -> Math.abs(at / side - patch / side) + Math.abs(at % side - patch % side) == 1);
                if (isNeighbour) {
                    next.add(patch);
                }
            }
            left.removeAll(next);
            reached += next.size();
            edge = next;
        }
        return reached;
    }

    @ParameterizedTest
    @CsvSource({"14, .75", "14, .918", "14, .5", "8, .3", "7, .75", "7, .3", "1, .5"})
    void aGridKeepsTheSameNumberInEachWindow(int side, double ratio) {
        MaskSampler sampler = new GridMask(ratio).on(new PatchGrid(side));
        int across = (side + 1) / 2;
        for (int sample = 0; sample < 100; sample++) {
            int[] counts = new int[across * across];
            for (int patch : sampler.sample(SEED, 0, sample)) {
                counts[patch / side / 2 * across + patch % side / 2]++;
            }
            int most = Arrays.stream(counts).max().orElseThrow();
            for (int window = 0; window < counts.length; window++) {
                int height = Math.min(2, side - window / across * 2);
                int width = Math.min(2, side - window % across * 2);
                assertTrue(counts[window] >= Math.min(height * width, most - 1), Arrays.toString(counts));
            }
        }
        if (side == 14 && ratio == .75) {
            double[][] often = KeepProbability.simulate(sampler, 4000, SEED);
            Arrays.stream(often).flatMapToDouble(Arrays::stream).forEach(p -> assertEquals(.25, p, .04));
        }
    }

    @Test
    void anAnnealedMaskIsTheGaussianOfItsStepAndOpens() {
        AnnealedMask mask = new AnnealedMask(.75, .1, .8);
        PatchGrid grid = new PatchGrid(14);
        MaskSampler sampler = mask.on(grid, 4);
        double[] sigmas = {.1, .2, .4, .8};
        for (int step = 0; step < 4; step++) {
            assertEquals(sigmas[step], mask.at(step, 4).sigma(), 1e-15);
            assertArrayEquals(mask.at(step, 4).on(grid).sample(SEED, step, 5), sampler.sample(SEED, step, 5));
        }
        assertEquals(.1, mask.at(0, 4).sigma());
        assertEquals(.8, mask.at(3, 4).sigma());
        assertEquals(.8, mask.at(9, 4).sigma());
        assertEquals(.8, mask.at(0, 1).sigma(), "a single step is the last one");
        MaskSampler still = mask.on(grid);
        assertArrayEquals(Mask.gaussian(.75, .8).on(grid).sample(SEED, 0, 5), still.sample(SEED, 0, 5));
        assertArrayEquals(KeepProbability.exact(Mask.gaussian(.75, .8).on(grid))[3], KeepProbability.exact(still)[3]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {.5, .75, .9})
    void aMapIsKeptAsOftenAsItSays(double ratio) {
        MaskSampler sampler = hill(8, ratio).on(new PatchGrid(8));
        double[][] exact = KeepProbability.exact(sampler);
        double[][] often = KeepProbability.simulate(sampler, 20_000, SEED);
        double sum = 0;
        for (int row = 0; row < 8; row++) {
            assertArrayEquals(exact[row], often[row], .02);
            sum += Arrays.stream(exact[row]).sum();
        }
        assertEquals(sampler.kept(), sum, 1e-9);
        double scale = exact[7][0] / hill(8, ratio).map().get(7).get(0);
        double hill = scale * hill(8, ratio).map().get(0).get(7);
        assertEquals(Math.min(1, hill), exact[0][7], 1e-12, "in proportion, or always");
    }

    @Test
    void whatCannotBeAMapIsRefusedByItsPlace() {
        refused("row 1, column 0 is -0.1", List.of(List.of(1., 1.), List.of(-.1, 1.)), .5);
        refused("row 0, column 1 is NaN", List.of(List.of(1., Double.NaN), List.of(1., 1.)), .5);
        refused("row 1, column 1 is Infinity", List.of(List.of(1., 1.), List.of(1., 1 / 0.)), .5);
        refused("row 1 of 2 has 1 entries", List.of(List.of(1., 1.), List.of(1.)), .5);
        refused("2 are to be kept, but the map has only 1 above 0", List.of(List.of(0., 1.), List.of(0., 0.)), .5);
        refused("at least one", List.of(), .5);
        var other =
                assertThrows(IllegalArgumentException.class, () -> hill(8, .5).on(new PatchGrid(14)));
        assertTrue(other.getMessage().contains("of 8 x 8 patches, but the pictures have 14 x 14"), other::getMessage);
    }

    private static void refused(String told, List<List<Double>> map, double ratio) {
        var error = assertThrows(IllegalArgumentException.class, () -> new MapMask(ratio, map));
        assertTrue(error.getMessage().contains(told), error::getMessage);
    }

    @Test
    void otherWrongValuesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BlockMask(1));
        assertThrows(IllegalArgumentException.class, () -> new GridMask(-.1));
        assertThrows(IllegalArgumentException.class, () -> new AnnealedMask(.5, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new AnnealedMask(.5, .8, .2));
        assertThrows(IllegalArgumentException.class, () -> new BlockMask(.5).on(new PatchGrid(4), 0));
        MaskSampler block = new BlockMask(.5).on(new PatchGrid(4));
        assertThrows(IllegalArgumentException.class, () -> KeepProbability.exact(block));
        for (String json : List.of(
                "{\"kind\":\"MAP\",\"ratio\":0.5,\"sigma\":0.0}",
                "{\"kind\":\"MAP\",\"ratio\":0.5,\"sigma\":0.0,\"map\":[[-1.0]]}",
                "{\"kind\":\"ANNEALED\",\"ratio\":0.5,\"sigma\":0.1}")) {
            assertThrows(JsonParseException.class, () -> new Gson().fromJson(json, Mask.class));
        }
        assertFalse(new BlockMask(.5).equals(new GridMask(.5)));
    }
}
