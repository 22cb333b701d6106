package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.mask.Mask;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.train.Provenance;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

class CostChartsTest {
    private static RunResult point(double tokens, double seconds, double gflop) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.IMAGE_TOKENS.name(), tokens);
        metrics.put(Metric.STEP_TIME.name(), seconds);
        metrics.put(Metric.STEP_CPU_TIME.name(), 2 * seconds);
        metrics.put(Metric.STEP_GFLOP.name(), gflop);
        metrics.put(Metric.PEAK_MEMORY.name(), 4e9);
        return result(metrics);
    }

    private static RunResult result(Map<String, Double> metrics) {
        return new RunResult(
                RunSettings.of("GLIP", Mask.gaussian(0.5, 0.2), 0),
                metrics,
                new Provenance("", "", Map.of(), Map.of(), ""));
    }

    @Test
    void showsPercentOfTheUnmaskedStepInTheOrderOfTokens() {
        XYChart chart = CostCharts.relative(
                "cost", Metric.IMAGE_TOKENS, List.of(point(197, 2, 100), point(17, 0.5, 10), point(99, 1, 50)));
        assertArrayEquals(
                new double[] {17, 99, 197}, chart.getSeriesMap().get("time").getXData());
        assertArrayEquals(
                new double[] {25, 50, 100}, chart.getSeriesMap().get("time").getYData());
        assertArrayEquals(
                new double[] {10, 50, 100},
                chart.getSeriesMap().get("matrix products, counted").getYData());
        assertEquals("% of a step with 197 tokens", chart.getYAxisTitle());
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        assertTrue(Pixels.count(image, Palette.series()[0]) > 20, "points are drawn");
        assertTrue(Pixels.count(image, Palette.MUTED) > 100, "the line is drawn");
    }

    @Test
    void leavesMemoryOutWhereItIsNotMeasured() {
        RunResult whole = point(197, 2, 100);
        Map<String, Double> without = new LinkedHashMap<>(whole.metrics());
        without.remove(Metric.PEAK_MEMORY.name());
        XYChart chart = CostCharts.relative("cost", Metric.IMAGE_TOKENS, List.of(point(17, 1, 10), result(without)));
        assertFalse(chart.getSeriesMap().containsKey("peak memory"));
    }

    @Test
    void refusesPointsItCannotPlace() {
        List<RunResult> points = List.of(point(17, 1, 10), point(197, 2, 100));
        var error = assertThrows(
                IllegalArgumentException.class, () -> CostCharts.relative("cost", Metric.BATCH_SIZE, points));
        assertTrue(error.getMessage().contains("batch size"), error.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> CostCharts.relative("cost", Metric.IMAGE_TOKENS, points.subList(0, 1)));
    }
}
