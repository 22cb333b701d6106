package org.glip.report;

import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.glip.results.SigmaPanel;
import org.glip.results.SigmaPoint;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One panel of a {@link SigmaSheet}: shares against sigma on a logarithmic axis. */
final class SigmaChart {
    static final float LINE_WIDTH = 2.2f;

    private static final double MARGIN = 0.35;

    private SigmaChart() {}

    /**
     * @param panel the runs
     * @param curves what is drawn, colours in this order
     * @param smallest left end of the axis
     * @param largest right end of the axis
     * @param top upper end of the vertical axis, a share
     */
    static XYChart of(SigmaPanel panel, List<SigmaSheet.Curve> curves, double smallest, double largest, double top) {
        XYChart chart = new XYChart(SigmaSheet.PANEL_WIDTH, SigmaSheet.PANEL_HEIGHT, new ChartTheme());
        ChartTitles.set(chart, panel.title(), SigmaSheet.PANEL_WIDTH / 2);
        chart.setXAxisTitle("σ (variance)");
        chart.setYAxisTitle("accuracy, %");
        for (int i = 0; i < curves.size(); i++) {
            SigmaSheet.Curve curve = curves.get(i);
            List<SigmaPoint> points = panel.points(curve.metric());
            chart.addAnnotation(new SigmaMarks(points, smallest, Palette.series()[i], curves.size() == 1));
            addLine(chart, curve.name(), points, smallest, Palette.series()[i]);
        }
        chart.getStyler().setLegendVisible(false);
        // Sigmas of sweeps double from one to the next: with places in powers of two, XChart's round ticks are the
        // sigmas.
        chart.getStyler()
                .setXAxisMin(-MARGIN)
                .setXAxisMax(place(largest, smallest) + MARGIN)
                .setXAxisTickMarkSpacingHint(50)
                .setYAxisMin(0.0)
                .setYAxisMax(100 * top)
                .setYAxisDecimalPattern("0.#")
                .setLocale(Locale.ROOT);
        chart.setCustomXAxisTickLabelsFormatter(place -> label(place, smallest));
        return chart;
    }

    private static void addLine(XYChart chart, String name, List<SigmaPoint> points, double smallest, Color color) {
        List<SigmaPoint> finite = points.stream()
                .filter(point -> !Double.isInfinite(point.sigma()))
                .toList();
        if (finite.isEmpty()) {
            // XChart cannot paint a chart without a series; random masking alone is drawn by the marks.
            chart.addSeries(name, new double[] {0}, new double[] {Double.NaN});
            return;
        }
        double[] places = finite.stream()
                .mapToDouble(point -> place(point.sigma(), smallest))
                .toArray();
        double[] percent = finite.stream()
                .mapToDouble(point -> 100 * point.spread().mean())
                .toArray();
        chart.addSeries(name, places, percent).setMarker(SeriesMarkers.NONE).setLineColor(color);
    }

    /** Where a sigma lies on the axis: how often the smallest one was doubled. */
    static double place(double sigma, double smallest) {
        return Math.log(sigma / smallest) / Math.log(2);
    }

    /**
     * Every tick needs a label of its own: where labels repeat, XChart gives up and labels the ends of the axis only.
     */
    private static String label(double place, double smallest) {
        return new BigDecimal(smallest * Math.pow(2, place), new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
