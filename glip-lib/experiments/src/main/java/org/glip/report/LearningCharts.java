package org.glip.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Charts of how models learn: accuracy on pictures that they are not trained on, a line for each run. */
public final class LearningCharts {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 380;
    private static final String AGAINST_TIME = "Validation accuracy against time";
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double SHORT = 2 * SECONDS_PER_MINUTE;

    private LearningCharts() {}

    /**
     * Draws loss and accuracy side by side, to be drawn anew while a run goes on.
     *
     * @param losses the losses so far, in the order of the legend
     * @param accuracies the accuracies so far, in the same order; runs without a point yet are left out
     * @return the picture
     */
    public static BufferedImage lossAndAccuracy(List<LossCurve> losses, List<AccuracyCurve> accuracies) {
        XYChart loss = Charts.lossCurves(losses);
        return sideBySide(loss, chart("Validation accuracy", accuracies, "pairs seen", AccuracyCurve::pairs, 1));
    }

    /**
     * Draws accuracy twice, side by side: against pairs seen, and against the time that they took.
     *
     * @param curves the runs, in the order of the legend; those without a point are left out
     * @return the picture
     */
    public static BufferedImage againstPairsAndTime(List<AccuracyCurve> curves) {
        double longest = curves.stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.seconds()))
                .max()
                .orElse(0);
        XYChart time = longest > SHORT
                ? chart(AGAINST_TIME, curves, "minutes of training", AccuracyCurve::seconds, SECONDS_PER_MINUTE)
                : chart(AGAINST_TIME, curves, "seconds of training", AccuracyCurve::seconds, 1);
        return sideBySide(
                chart("Validation accuracy against pairs", curves, "pairs seen", AccuracyCurve::pairs, 1), time);
    }

    private static XYChart chart(
            String title,
            List<AccuracyCurve> curves,
            String axis,
            Function<AccuracyCurve, double[]> places,
            double unit) {
        XYChart chart = new XYChart(WIDTH, HEIGHT, new ChartTheme());
        chart.setTitle(title);
        chart.setXAxisTitle(axis);
        chart.setYAxisTitle("top-1, %");
        for (AccuracyCurve curve : curves) {
            if (curve.shares().length > 0) {
                chart.addSeries(curve.run(), scaled(places.apply(curve), 1 / unit), scaled(curve.shares(), 100));
            }
        }
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        chart.getStyler()
                .setXAxisMin(0.0)
                .setYAxisMin(0.0)
                .setXAxisDecimalPattern("#,##0")
                .setYAxisDecimalPattern("0")
                .setXAxisTickMarkSpacingHint(90)
                .setLocale(Locale.ROOT);
        return chart;
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    private static BufferedImage sideBySide(XYChart left, XYChart right) {
        BufferedImage sheet = Canvas.blank(
                2 * WIDTH,
                HEIGHT,
                left.getTitle() + ", and " + right.getTitle() + ": "
                        + String.join(", ", right.getSeriesMap().keySet()) + ".");
        Graphics2D graphics = Canvas.pen(sheet);
        left.paint(graphics, WIDTH, HEIGHT);
        graphics.translate(WIDTH, 0);
        right.paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        return sheet;
    }
}
