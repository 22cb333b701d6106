package org.glip.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.glip.results.RunResult;
import org.glip.stats.SeedSpread;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The zero-shot table as charts: accuracy against what pre-training saves. Points are means over seeds, error bars one standard
 * deviation of a run to either side.
 */
public final class BenchmarkCharts {
    private static final int WIDTH = 380;
    private static final int HEIGHT = 360;
    private static final int WIDE = 760;
    private static final double HEADROOM = 1.15;

    private BenchmarkCharts() {}

    /** In the order of the palette, as the charts of a training have them. */
    private static final List<String> METHODS = List.of("CLIP", "FLIP", "GLIP", "RECLIP");

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP
    };

    /** A point of a line. */
    private record Point(double place, SeedSpread spread) {}

    /**
     * A panel for each test, accuracy against the share of patches that is hidden, a line for each method with a mask; CLIP, which
     * hides none, is a single point.
     *
     * @param tests names of tests, such as {@code masked}
     * @param metric such as {@code top-1}, a share
     * @param runs results in the order of tables
     * @return the panels in a row, all with the same vertical axis
     * @throws IllegalArgumentException if no run has one of the figures
     */
    public static BufferedImage againstRatio(List<String> tests, String metric, List<RunResult> runs) {
        List<RunResult> shown = runs.stream()
                .filter(run -> Stream.of("CLIP", "FLIP", "GLIP")
                        .anyMatch(run.settings().method()::equals))
                .toList();
        ToDoubleFunction<RunResult> hidden = run -> 100 * run.settings().mask().ratio();
        List<Map<String, List<Point>>> panels = tests.stream()
                .map(test -> lines(shown, hidden, test + " " + metric))
                .toList();
        double top = panels.stream().mapToDouble(BenchmarkCharts::highest).max().orElse(1);
        BufferedImage row = Canvas.blank(WIDTH * tests.size(), HEIGHT);
        Graphics2D graphics = row.createGraphics();
        for (int i = 0; i < tests.size(); i++) {
            XYChart chart =
                    chart(WIDTH, tests.get(i) + ", " + metric, "patches hidden, %", panels.get(i), HEADROOM * top);
            chart.getStyler().setXAxisMin(-5.0).setXAxisMax(100.0);
            graphics.drawImage(BitmapEncoder.getBufferedImage(chart), i * WIDTH, 0, null);
        }
        graphics.dispose();
        return row;
    }

    /**
     * Accuracy against the tokens of a picture in pre-training, a line for each method.
     *
     * @param test name of the test, such as {@code tuned}
     * @param metric such as {@code top-1}, a share
     * @param runs results with their {@code image tokens}, in the order of tables
     * @throws IllegalArgumentException if no run has the figure
     */
    public static XYChart againstTokens(String test, String metric, List<RunResult> runs) {
        Map<String, List<Point>> lines =
                lines(runs, run -> run.metrics().getOrDefault("image tokens", Double.NaN), test + " " + metric);
        XYChart chart =
                chart(WIDE, test + ", " + metric, "image tokens in pre-training", lines, HEADROOM * highest(lines));
        chart.getStyler().setXAxisMin(0.0);
        return chart;
    }

    private static Map<String, List<Point>> lines(
            List<RunResult> runs, ToDoubleFunction<RunResult> place, String metric) {
        Map<String, Map<Double, List<Double>>> values = new LinkedHashMap<>();
        for (RunResult run : runs) {
            double x = place.applyAsDouble(run);
            if (run.metrics().containsKey(metric) && !Double.isNaN(x)) {
                values.computeIfAbsent(run.settings().method(), none -> new LinkedHashMap<>())
                        .computeIfAbsent(x, none -> new ArrayList<>())
                        .add(run.metrics().get(metric));
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
        int method = METHODS.indexOf(line.getName());
        if (method >= 0) {
            line.setLineColor(Palette.series()[method]);
            line.setMarkerColor(Palette.series()[method]);
            line.setMarker(MARKERS[method]);
        }
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
