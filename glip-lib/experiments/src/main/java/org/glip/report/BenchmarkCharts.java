package org.glip.report;

import java.util.stream.Collectors;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.glip.results.MethodName;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.TestName;
import org.glip.stats.SeedSpread;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * The zero-shot table as charts: accuracy against what pre-training saves. Points are means over seeds, error bars one
 * standard deviation of a run to either side.
 */
public final class BenchmarkCharts {
    private static final int WIDTH = 380;
    private static final int HEIGHT = 360;
    private static final int WIDE = 760;
    private static final double HEADROOM = 1.15;
    private static final Set<MethodName> MASKED_OR_WHOLE = Set.of(MethodName.CLIP, MethodName.FLIP, MethodName.GLIP);

    private BenchmarkCharts() {}

    /** A point of a line. */
    private record Point(double place, SeedSpread spread) {}

    /**
     * Returns a panel for each test, accuracy against the share of patches that is hidden, a line for each method with
     * a mask; CLIP, which hides none, is a single point.
     *
     * @param tests the tests
     * @param measure such as {@link Metric#TOP_1}, a share
     * @param runs results in the order of tables
     * @return the panels in a row, all with the same vertical axis
     * @throws IllegalArgumentException if no run has one of the figures
     */
    public static BufferedImage againstRatio(List<TestName> tests, Metric measure, List<RunResult> runs) {
        List<RunResult> shown = runs.stream()
                .filter(run -> MASKED_OR_WHOLE.stream().anyMatch(run.settings()::isOf))
                .toList();
        ToDoubleFunction<RunResult> hidden = run -> 100 * run.settings().mask().ratio();
        List<Map<String, List<Point>>> panels = tests.stream()
                .map(test -> lines(shown, hidden, test.metric(measure)))
                .toList();
        double top = panels.stream().mapToDouble(BenchmarkCharts::highest).max().orElse(1);
        BufferedImage row = Canvas.blank(
                WIDTH * tests.size(),
                HEIGHT,
                measure + " against the share of patches hidden, in a panel each: "
                        + tests.stream().map(TestName::toString).collect(Collectors.joining(", ")) + ". Lines: "
                        + String.join(", ", panels.get(0).keySet()) + ".");
        Graphics2D graphics = row.createGraphics();
        for (int i = 0; i < tests.size(); i++) {
            XYChart chart =
                    chart(WIDTH, tests.get(i) + ", " + measure, "patches hidden, %", panels.get(i), HEADROOM * top);
            chart.getStyler().setXAxisMin(-5.0).setXAxisMax(100.0);
            graphics.drawImage(BitmapEncoder.getBufferedImage(chart), i * WIDTH, 0, null);
        }
        graphics.dispose();
        return row;
    }

    /**
     * Returns accuracy against the tokens of a picture in pre-training, a line for each method.
     *
     * @param test the test, such as {@link TestName#TUNED}
     * @param measure such as {@link Metric#TOP_1}, a share
     * @param runs results with their {@code image tokens}, in the order of tables
     * @return the chart
     * @throws IllegalArgumentException if no run has the figure
     */
    public static XYChart againstTokens(TestName test, Metric measure, List<RunResult> runs) {
        Map<String, List<Point>> lines =
                lines(runs, run -> run.find(Metric.IMAGE_TOKENS).orElse(Double.NaN), test.metric(measure));
        XYChart chart =
                chart(WIDE, test + ", " + measure, "image tokens in pre-training", lines, HEADROOM * highest(lines));
        chart.getStyler().setXAxisMin(0.0);
        return chart;
    }

    private static Map<String, List<Point>> lines(
            List<RunResult> runs, ToDoubleFunction<RunResult> place, Metric metric) {
        Map<String, Map<Double, List<Double>>> values = new LinkedHashMap<>();
        for (RunResult run : runs) {
            double x = place.applyAsDouble(run);
            if (run.has(metric) && !Double.isNaN(x)) {
                values.computeIfAbsent(run.settings().method(), none -> new LinkedHashMap<>())
                        .computeIfAbsent(x, none -> new ArrayList<>())
                        .add(run.value(metric));
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("No result has the metric \"" + metric + "\" for a chart");
        }
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        values.forEach((method, byPlace) -> {
            List<Point> points = new ArrayList<>();
            byPlace.forEach((x, ofSeeds) -> points.add(new Point(
                    x,
                    SeedSpread.of(
                            ofSeeds.stream().mapToDouble(Double::doubleValue).toArray()))));
            lines.put(method, points);
        });
        return lines;
    }

    private static double highest(Map<String, List<Point>> lines) {
        return lines.values().stream()
                .flatMap(List::stream)
                .mapToDouble(point -> point.spread().mean() + error(point))
                .max()
                .orElse(1);
    }

    private static double error(Point point) {
        return point.spread().runs() == 1 ? 0 : point.spread().standardDeviation();
    }

    /** A method looks the same in every chart, whichever others are there. */
    private static void distinguish(XYSeries line) {
        MethodName.find(line.getName()).ifPresent(method -> {
            MethodStyle style = MethodStyle.of(method);
            line.setLineColor(style.color());
            line.setMarkerColor(style.color());
            line.setMarker(style.marker());
        });
    }

    private static XYChart chart(int width, String title, String axis, Map<String, List<Point>> lines, double top) {
        XYChart chart = new XYChart(width, HEIGHT, new ChartTheme());
        ChartTitles.set(chart, title, width / 2);
        chart.setXAxisTitle(axis);
        chart.setYAxisTitle("accuracy, %");
        lines.forEach((method, points) -> distinguish(chart.addSeries(
                method,
                points.stream().mapToDouble(Point::place).toArray(),
                points.stream()
                        .mapToDouble(point -> 100 * point.spread().mean())
                        .toArray(),
                points.stream().mapToDouble(point -> 100 * error(point)).toArray())));
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
        chart.getStyler()
                .setYAxisMin(0.0)
                .setYAxisMax(100 * Math.max(top, 1e-3))
                .setYAxisDecimalPattern("0.0")
                .setXAxisDecimalPattern("0")
                .setLocale(Locale.ROOT);
        return chart;
    }
}
