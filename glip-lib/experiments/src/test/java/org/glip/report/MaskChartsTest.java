package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.mask.PatchGrid;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

class MaskChartsTest {
    private static final PatchGrid GRID = new PatchGrid(14);

    @Test
    void theHighestScoresShownAreThePatchesThatTheMaskKeeps() {
        for (MaskSampler mask :
                List.of(Mask.gaussian(0.75, 0.2).on(GRID), Mask.random(0.918).on(GRID))) {
            for (int sample = 0; sample < 20; sample++) {
                double[] scores = MaskCharts.scores(mask, 3, sample);
                int[] best = IntStream.range(0, scores.length)
                        .boxed()
                        .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                        .limit(mask.kept())
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .toArray();
                assertArrayEquals(mask.sample(3, 0, sample), best);
            }
        }
    }

    @Test
    void showsEveryPatchOnceAsKeptOrDropped() {
        XYChart chart = MaskCharts.scores("t", Mask.gaussian(0.75, 0.2).on(GRID), 0, 0);
        assertEquals(49, chart.getSeriesMap().get("49 patches kept").getXData().length);
        assertEquals(147, chart.getSeriesMap().get("147 dropped").getXData().length);
    }

    @Test
    void profilesPeakAtTheFormulasValueInTheCentre() {
        XYChart chart = MaskCharts.bonusProfiles("t", List.of(Mask.gaussian(0.5, 0.2)));
        double[] bonus = chart.getSeriesMap().values().iterator().next().getYData();
        double peak = Arrays.stream(bonus).max().orElseThrow();
        assertEquals(1 / (2 * Math.PI * 0.2) - 1, peak, 1e-12);
        assertEquals(peak, bonus[bonus.length / 2]);
    }

    @Test
    void theDistanceToTheRandomMaskVanishesAsSigmaGrows() {
        PatchGrid grid = new PatchGrid(8);
        assertEquals(0, MaskCharts.largestDifference(Mask.random(0.75).on(grid)), 1e-10);
        double[] differences = MaskCharts.distanceToRandom(grid, new double[] {0.75}, new double[] {0.4, 1.6, 25.6})
                .getSeriesMap()
                .get("75% masked")
                .getYData();
        assertTrue(differences[0] > differences[1] && differences[1] > differences[2]);
        assertTrue(differences[2] < 1e-3);
    }

    @Test
    void exactRegionsAgreeWithTheDerivedOnes() {
        Table table = MaskTables.keepProbabilityByRegion();
        assertEquals(15, table.rowCount());
        for (Row row : table) {
            for (String region : List.of("centre 2×2", "inner 8×8", "border", "corner")) {
                // Simulated, and rounded to two digits in places.
                assertEquals(row.getDouble("derived: " + region), row.getDouble(region), 0.015, row.toString());
            }
        }
    }

    @Test
    void costsCountPatchesAndTheClassToken() {
        Table cost = MaskTables.cost(GRID, new double[] {0, 0.5, 0.75, 0.9, 0.918, 0.95});
        assertEquals(
                List.of(196, 98, 49, 19, 16, 9), cost.intColumn("patches kept").asList());
        assertEquals(17, cost.intColumn("image tokens").get(4));
    }

    @Test
    void regionsAreMeansOfTheirPatches() {
        double[][] map = new double[14][14];
        map[6][7] = 1;
        map[0][0] = 1;
        assertEquals(new KeepRegions(0.25, 1 / 64.0, 1 / 52.0, 0.25), KeepRegions.of(map));
        assertThrows(IllegalArgumentException.class, () -> KeepRegions.of(new double[7][7]));
        assertThrows(IllegalArgumentException.class, () -> KeepRegions.of(new double[9][9]));
    }
}
