package org.glip.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of the notebooks, all in {@link ChartTheme}. Shares in [0, 1] are shown in percent. */
public final class Charts {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final double BAR_SPACE_FILL = 0.7;
    private static final double PLOT_SHARE = 0.92;

    /** Room for a title over the plot: the chart without twice its wider margin. */
    private static final int TITLE_WIDTH = WIDTH - 160;

    private static final int MAP_WIDTH = 546;
    private static final int MAP_TITLE_WIDTH = 400;

    private Charts() {}

    /**
     * Returns loss against training step, a line per run. Cheap to draw anew while a run goes on; a run without a step
     * yet is left out.
     *
     * @param runs the runs so far, in the order of the legend
     * @return the chart
     */
    public static XYChart lossCurves(List<LossCurve> runs) {
        XYChart chart = new XYChart(WIDTH, HEIGHT, new ChartTheme());
        chart.setTitle("Training loss");
        chart.setXAxisTitle("step");
        chart.setYAxisTitle("contrastive loss");
        legendBelow(chart.getStyler());
        int stretch = runs.stream().mapToInt(LossCurve::stretch).max().orElse(1);
        for (LossCurve run : runs) {
            LossCurve thinned = run.thinned(stretch);
            if (thinned.steps().length > 0) {
                chart.addSeries(run.run(), thinned.steps(), thinned.losses()).setMarker(SeriesMarkers.NONE);
            }
        }
        chart.getStyler()
                .setXAxisDecimalPattern("#,##0")
                .setXAxisTickMarkSpacingHint(100)
                .setLocale(Locale.ROOT);
        return chart;
    }

    /**
     * Returns accuracies as groups of bars.
     *
     * @param title title of the chart
     * @param categories a group of bars each, such as methods
     * @param series a bar in every group each, such as stages; values by category
     * @return the chart
     * @throws IllegalArgumentException if there is nothing to show, or a series has not one value per category
     */
    public static CategoryChart accuracyBars(String title, List<String> categories, List<MeasuredSeries> series) {
        CategoryChart chart = categoryChart(title, categories, series);
        chart.getStyler().setAvailableSpaceFill(BAR_SPACE_FILL).setPlotContentSize(PLOT_SHARE);
        chart.addAnnotation(new BarLabels(series, PLOT_SHARE, BAR_SPACE_FILL));
        return chart;
    }

    /**
     * Returns the paper's Figure 4: accuracy against sigma. Settings are spaced evenly, so sigmas should grow by a
     * constant factor; an infinite sigma is the random mask and is labelled so.
     *
     * @param title title of the chart
     * @param sigmas the sigmas (variances) in ascending order
     * @param series a line each; values by sigma
     * @return the chart
     * @throws IllegalArgumentException if there is nothing to show, or a series has not one value per sigma
     */
    public static CategoryChart accuracyAgainstSigma(String title, double[] sigmas, List<MeasuredSeries> series) {
        List<String> labels = Arrays.stream(sigmas)
                .mapToObj(sigma -> Double.isInfinite(sigma) ? "random (∞)" : Double.toString(sigma))
                .toList();
        CategoryChart chart = categoryChart(title, labels, series);
        chart.setXAxisTitle("σ of the Gaussian mask (variance)");
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line)
                .setOverlapped(true);
        return chart;
    }

    private static CategoryChart categoryChart(String title, List<String> categories, List<MeasuredSeries> series) {
        if (categories.isEmpty() || series.isEmpty()) {
            throw new IllegalArgumentException("The chart \"" + title + "\" has nothing to show");
        }
        CategoryChart chart = new CategoryChart(WIDTH, HEIGHT, new ChartTheme());
        ChartTitles.set(chart, title, TITLE_WIDTH);
        chart.setYAxisTitle("accuracy, %");
        for (MeasuredSeries one : series) {
            if (one.values().length != categories.size()) {
                throw new IllegalArgumentException("Series \"" + one.name() + "\" has " + one.values().length
                        + " values for " + categories.size() + " categories");
            }
            chart.addSeries(
                    one.name(), categories, percent(one.values()), one.hasErrors() ? barsOf(one.errors()) : null);
        }
        legendBelow(chart.getStyler());
        chart.getStyler().setLegendVisible(series.size() > 1);
        chart.getStyler().setYAxisMin(0.0).setYAxisDecimalPattern("0.0").setLocale(Locale.ROOT);
        return chart;
    }

    /** XChart draws nothing for a value of NaN, and cannot do with null once there are error bars. */
    private static List<Double> percent(double[] shares) {
        return Arrays.stream(shares).map(share -> 100 * share).boxed().toList();
    }

    private static List<Double> barsOf(double[] errors) {
        return Arrays.stream(errors)
                .map(error -> Double.isNaN(error) ? 0 : 100 * error)
                .boxed()
                .toList();
    }

    private static void legendBelow(AxesChartStyler styler) {
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendPadding(14);
    }

    /**
     * Returns numbers over two settings as a map of colours, with a colour scale beside it.
     *
     * @param title title of the chart
     * @param columns labels from left to right
     * @param rows labels from top to bottom
     * @param values by row and column
     * @param minimum value of the darkest colour
     * @param maximum value of the lightest colour
     * @return the chart
     * @throws IllegalArgumentException if the values do not fit the labels, or the range is empty
     */
    public static HeatMapChart heatMap(
            String title, List<String> columns, List<String> rows, double[][] values, double minimum, double maximum) {
        if (rows.isEmpty() || values.length != rows.size() || !(minimum < maximum)) {
            throw new IllegalArgumentException("The map \"" + title + "\" has " + values.length + " rows of values for "
                    + rows.size() + " labels, and a range from " + minimum + " to " + maximum);
        }
        List<Number[]> cells = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (values[row].length != columns.size()) {
                throw new IllegalArgumentException("Row " + row + " of the map \"" + title + "\" has "
                        + values[row].length + " values for " + columns.size() + " columns");
            }
            for (int column = 0; column < columns.size(); column++) {
                // XChart counts rows from the bottom.
                cells.add(new Number[] {column, rows.size() - 1 - row, values[row][column]});
            }
        }
        HeatMapChart chart = new HeatMapChart(MAP_WIDTH, 480, new ChartTheme());
        ChartTitles.set(chart, title, MAP_TITLE_WIDTH);
        List<String> upwards = IntStream.range(0, rows.size())
                .mapToObj(i -> rows.get(rows.size() - 1 - i))
                .toList();
        chart.addSeries(title, columns, upwards, cells);
        chart.getStyler().setMin(minimum).setMax(maximum).setRangeColors(Palette.sequential());
        chart.getStyler().setPlotGridLinesVisible(false).setPlotContentSize(1);
        return chart;
    }

    /**
     * Returns how often each patch of an image is kept; colours from 0 to 1.
     *
     * @param title title of the chart, such as the mask's description
     * @param probability by row and column, as {@link org.glip.mask.KeepProbability} gives it
     * @return the chart
     */
    public static HeatMapChart keepProbability(String title, double[][] probability) {
        List<String> labels = IntStream.range(0, probability.length)
                .mapToObj(Integer::toString)
                .toList();
        HeatMapChart chart = heatMap(title, labels, labels, probability, 0, 1);
        chart.getStyler().setHeatMapValueDecimalPattern("0.0");
        return chart;
    }
}
