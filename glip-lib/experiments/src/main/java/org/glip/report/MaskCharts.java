package org.glip.report;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.glip.mask.KeepProbability;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.mask.PatchGrid;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts that explain the masks. */
public final class MaskCharts {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final int TITLE_WIDTH = WIDTH - 160;

    /** An odd number of places, so that one lies in the centre. */
    private static final int CURVE_POINTS = 201;

    private MaskCharts() {}

    /**
     * Returns the keep bonus p - 1 along the middle row of an image, a curve for each mask. The noise that is added to
     * it is uniform on [0, 1): where curves differ by more than 1, no noise can make up for it.
     *
     * @param title title of the chart
     * @param masks masks in the order of the legend; their ratios do not matter
     * @return the chart
     */
    public static XYChart bonusProfiles(String title, List<Mask> masks) {
        XYChart chart = chart(title, "place in the image: −1 is its left edge, 1 its right edge", "keep bonus p − 1");
        PatchGrid fine = new PatchGrid(CURVE_POINTS);
        double[] places = IntStream.range(0, CURVE_POINTS)
                .mapToDouble(i -> -1 + 2.0 * i / (CURVE_POINTS - 1))
                .toArray();
        for (Mask config : masks) {
            MaskSampler mask = config.on(fine);
            double[] bonus = IntStream.range(0, CURVE_POINTS)
                    .mapToDouble(column -> mask.keepBonus(CURVE_POINTS / 2, column))
                    .toArray();
            chart.addSeries(name(config), places, bonus).setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }

    private static String name(Mask mask) {
        return mask instanceof Mask.Gaussian gaussian
                ? String.format(
                        Locale.ROOT,
                        "variance %.2f (standard deviation %.2f)",
                        gaussian.sigma(),
                        Math.sqrt(gaussian.sigma()))
                : mask.name() + " (uniform)";
    }

    /**
     * Returns one draw of a mask as it comes about: each patch's score, noise plus bonus, against its distance from the
     * centre. The k patches with the highest scores stay; the bonus alone, without noise, is drawn as a line.
     *
     * @param title title of the chart
     * @param mask a Gaussian or random mask
     * @param seed run seed of the draw
     * @param sample sample of step 0
     * @return the chart
     */
    public static XYChart scores(String title, MaskSampler mask, long seed, long sample) {
        int patches = mask.grid().patches();
        double[] scores = scores(mask, seed, sample);
        int[] kept = mask.sample(seed, 0, sample);
        int[] dropped = IntStream.range(0, patches)
                .filter(patch -> Arrays.binarySearch(kept, patch) < 0)
                .toArray();
        int[] outwards = IntStream.range(0, patches)
                .boxed()
                .sorted((a, b) -> Double.compare(distance(mask.grid(), a), distance(mask.grid(), b)))
                .mapToInt(Integer::intValue)
                .toArray();
        XYChart chart = chart(title, "distance from the centre (corner: 1.41)", "score = bonus + noise");
        dots(chart, kept.length + " patches kept", mask.grid(), kept, scores, Palette.series()[0]);
        if (dropped.length > 0) {
            dots(chart, dropped.length + " dropped", mask.grid(), dropped, scores, Palette.MASKED_PATCH);
        }
        double[] bonus =
                Arrays.stream(outwards).mapToDouble(patch -> bonus(mask, patch)).toArray();
        chart.addSeries("bonus, without noise", distances(mask.grid(), outwards), bonus)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Palette.series()[1]);
        return chart;
    }

    /** The very scores of a draw: noise plus bonus, as {@link MaskSampler#sample} adds them. */
    static double[] scores(MaskSampler mask, long seed, long sample) {
        double[] noise = mask.noise(seed, 0, sample);
        return IntStream.range(0, noise.length)
                .mapToDouble(patch -> bonus(mask, patch) + noise[patch])
                .toArray();
    }

    private static double bonus(MaskSampler mask, int patch) {
        int side = mask.grid().side();
        return mask.keepBonus(patch / side, patch % side);
    }

    private static double distance(PatchGrid grid, int patch) {
        double last = Math.max(1, grid.side() - 1);
        return Math.hypot(2 * (patch / grid.side()) / last - 1, 2 * (patch % grid.side()) / last - 1);
    }

    private static double[] distances(PatchGrid grid, int[] patches) {
        return Arrays.stream(patches)
                .mapToDouble(patch -> distance(grid, patch))
                .toArray();
    }

    private static void dots(XYChart chart, String name, PatchGrid grid, int[] patches, double[] scores, Color color) {
        double[] y = Arrays.stream(patches).mapToDouble(patch -> scores[patch]).toArray();
        chart.addSeries(name, distances(grid, patches), y)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(color);
    }

    /**
     * Returns how far centred masks are from the random mask: the largest difference, over all patches, between the
     * exact keep probability and k/N, in percentage points, against sigma; both axes are logarithmic.
     *
     * @param grid the patches
     * @param ratios a line for each masking ratio
     * @param sigmas variances in ascending order
     * @return the chart
     */
    public static XYChart distanceToRandom(PatchGrid grid, double[] ratios, double[] sigmas) {
        XYChart chart = chart(
                "The larger σ, the nearer to the random mask of FLIP",
                "σ (variance)",
                "largest difference of keep probability");
        for (double ratio : ratios) {
            double[] differences = DoubleStream.of(sigmas)
                    .map(sigma -> largestDifference(Mask.gaussian(ratio, sigma).on(grid)))
                    .toArray();
            chart.addSeries(Mask.random(ratio).percent() + " masked", sigmas, differences);
        }
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true).setYAxisMax(1.0);
        return chart;
    }

    /** The largest difference between the mask's exact keep probabilities and those of the random mask. */
    static double largestDifference(MaskSampler mask) {
        double uniform = (double) mask.kept() / mask.grid().patches();
        return Arrays.stream(KeepProbability.exact(mask))
                .flatMapToDouble(Arrays::stream)
                .map(probability -> Math.abs(probability - uniform))
                .max()
                .orElseThrow();
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChart(WIDTH, HEIGHT, new ChartTheme());
        ChartTitles.set(chart, title, TITLE_WIDTH);
        chart.setXAxisTitle(x);
        chart.setYAxisTitle(y);
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendPadding(12);
        chart.getStyler().setLocale(Locale.ROOT);
        return chart;
    }
}
