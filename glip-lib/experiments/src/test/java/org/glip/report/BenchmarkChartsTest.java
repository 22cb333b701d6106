package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.glip.mask.Mask;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.results.Runs;
import org.glip.results.TestName;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import tech.tablesaw.api.Table;

class BenchmarkChartsTest {
    private static List<RunResult> runs() {
        List<RunResult> runs = new ArrayList<>();
        for (long seed = 0; seed < 2; seed++) {
            double shift = 0.02 * seed;
            runs.add(Runs.of("CLIP", Mask.none(), seed, Map.of("tuned top-1", 0.3 + shift, "image tokens", 65.0)));
            for (double ratio : new double[] {0.5, 0.75}) {
                runs.add(Runs.of(
                        "FLIP",
                        Mask.random(ratio),
                        seed,
                        Map.of("tuned top-1", 0.3 - 0.2 * ratio + shift, "image tokens", 1 + 64 * (1 - ratio))));
            }
        }
        return runs;
    }

    @Test
    void pointsAreMeansOverSeedsWithTheirDeviation() {
        XYChart chart = BenchmarkCharts.againstTokens(TestName.TUNED, Metric.TOP_1, runs());
        XYSeries flip = chart.getSeriesMap().get("FLIP");
        assertArrayEquals(new double[] {33, 17}, flip.getXData());
        assertArrayEquals(new double[] {21, 16}, flip.getYData(), 1e-9);
        assertArrayEquals(new double[] {Math.sqrt(2), Math.sqrt(2)}, flip.getExtraValues(), 1e-9);
        assertEquals(2, chart.getSeriesMap().size());
    }

    @Test
    void aMethodHasTheSameColourWhicheverOthersAreThere() {
        List<RunResult> onlyFlip = runs().stream()
                .filter(run -> run.settings().method().equals("FLIP"))
                .toList();
        XYSeries among = BenchmarkCharts.againstTokens(TestName.TUNED, Metric.TOP_1, runs())
                .getSeriesMap()
                .get("FLIP");
        XYSeries alone = BenchmarkCharts.againstTokens(TestName.TUNED, Metric.TOP_1, onlyFlip)
                .getSeriesMap()
                .get("FLIP");
        assertEquals(among.getLineColor(), alone.getLineColor());
        assertEquals(among.getMarker(), alone.getMarker());
    }

    @Test
    void panelsStandInARow() {
        BufferedImage one = BenchmarkCharts.againstRatio(List.of(TestName.TUNED), Metric.TOP_1, runs());
        BufferedImage two = BenchmarkCharts.againstRatio(List.of(TestName.TUNED, TestName.TUNED), Metric.TOP_1, runs());
        assertEquals(2 * one.getWidth(), two.getWidth());
        assertEquals(one.getHeight(), two.getHeight());
    }

    @Test
    void aMetricThatNobodyMeasuredIsNamed() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> BenchmarkCharts.againstRatio(List.of(TestName.MASKED), Metric.TOP_1, runs()));
        assertEquals("No result has the metric \"masked top-1\" for a chart", error.getMessage());
    }

    @Test
    void publishedFiguresOfOtherPictureSizesAreFoundByTheirCounterpart() {
        RunResult reclip = new RunResult(
                new RunSettings("RECLIP", Mask.none(), 0, Map.of("masking", "32 px")),
                Map.of("tuned top-1", 0.5),
                Runs.PROVENANCE);
        Table table = ResultTables.summary(
                "t",
                List.of(reclip),
                List.of("method", "masking"),
                List.of(TableColumn.percent("tuned", TestName.TUNED.top1())));
        PublishedColumns.addTo(table, Map.of("32 px", "112 px"), List.of(TestName.TUNED));
        assertEquals("112 px", table.stringColumn("published: masking").get(0));
        assertEquals(0.334, table.doubleColumn("published: after tuning").get(0), 1e-12);
    }
}
