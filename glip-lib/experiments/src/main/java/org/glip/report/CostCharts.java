package org.glip.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of what a training step costs, from result files. */
public final class CostCharts {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int TITLE_WIDTH = WIDTH - 160;

    private CostCharts() {}

    /**
     * Returns what a step costs in percent of the costliest point's: measured time, processor time and peak memory as
     * points, and as a line what the matrix products alone would have it cost, if they ran as fast at every point as
     * they do there.
     *
     * @param title title of the chart
     * @param against the metric along the axis, {@link Metric#IMAGE_TOKENS} or {@link Metric#BATCH_SIZE}
     * @param points the measurements, in any order
     * @return the chart
     * @throws IllegalArgumentException if there are fewer than two points, or one lacks a metric other than memory
     */
    public static XYChart relative(String title, Metric against, List<RunResult> points) {
        if (points.size() < 2) {
            throw new IllegalArgumentException("The chart \"" + title + "\" needs at least two points");
        }
        List<RunResult> sorted = points.stream()
                .sorted(Comparator.comparingDouble(point -> point.value(against)))
                .toList();
        double[] places = of(sorted, against);
        XYChart chart = new XYChart(WIDTH, HEIGHT, new ChartTheme());
        ChartTitles.set(chart, title, TITLE_WIDTH);
        chart.setXAxisTitle(against.name());
        chart.setYAxisTitle("% of a step with " + Math.round(places[places.length - 1]) + " " + plural(against));
        measured(chart, "time", places, of(sorted, Metric.STEP_TIME));
        measured(chart, "processor time", places, of(sorted, Metric.STEP_CPU_TIME));
        if (sorted.stream().allMatch(point -> point.has(Metric.PEAK_MEMORY))) {
            measured(chart, "peak memory", places, of(sorted, Metric.PEAK_MEMORY));
        }
        chart.addSeries("matrix products, counted", places, percentOfLast(of(sorted, Metric.STEP_GFLOP)))
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Palette.MUTED);
        chart.getStyler()
                .setXAxisMin(0.0)
                .setYAxisMin(0.0)
                .setXAxisDecimalPattern("#,##0")
                .setYAxisDecimalPattern("0")
                .setLocale(Locale.ROOT);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        return chart;
    }

    private static String plural(Metric against) {
        return against.equals(Metric.BATCH_SIZE) ? "pairs" : "tokens";
    }

    private static void measured(XYChart chart, String name, double[] places, double[] values) {
        chart.addSeries(name, places, percentOfLast(values))
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    }

    private static double[] percentOfLast(double[] values) {
        double[] percent = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            percent[i] = 100 * values[i] / values[values.length - 1];
        }
        return percent;
    }

    private static double[] of(List<RunResult> points, Metric metric) {
        return points.stream().mapToDouble(point -> point.value(metric)).toArray();
    }
}
