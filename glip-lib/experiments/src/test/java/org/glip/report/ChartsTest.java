package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;

class ChartsTest {
    private static void assertRejects(String part, Executable call) {
        var error = assertThrows(IllegalArgumentException.class, call);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    private static LossCurve curve(String run, int steps) {
        return new LossCurve(
                run,
                IntStream.rangeClosed(1, steps).asDoubleStream().toArray(),
                IntStream.rangeClosed(1, steps)
                        .mapToDouble(step -> 5 - step * 1e-3)
                        .toArray());
    }

    @Test
    void drawsALossCurvePerRunInItsColourOnWhite() {
        BufferedImage image =
                BitmapEncoder.getBufferedImage(Charts.lossCurves(List.of(curve("CLIP", 900), curve("GLIP", 400))));
        assertTrue(Pixels.count(image, Palette.series()[0]) > 200);
        assertTrue(Pixels.count(image, Palette.series()[1]) > 100);
        assertEquals(Color.WHITE.getRGB(), image.getRGB(0, 0));
        assertEquals(Color.WHITE.getRGB(), image.getRGB(image.getWidth() - 1, image.getHeight() - 1));
    }

    @Test
    void thinsLongRunsToMeansOfTheSameStretch() {
        XYChart chart = Charts.lossCurves(List.of(curve("long", 2000), curve("short", 95)));
        assertEquals(200, chart.getSeriesMap().get("long").getXData().length);
        assertEquals(10, chart.getSeriesMap().get("short").getXData().length);
        double[] steps = chart.getSeriesMap().get("long").getXData();
        assertEquals(5.5, steps[0]);
        assertEquals(5 - 5.5e-3, chart.getSeriesMap().get("long").getYData()[0], 1e-12);
        // The last point of the short run is the mean of its last five steps.
        assertEquals(93, chart.getSeriesMap().get("short").getXData()[9]);
    }

    @Test
    void leavesOutLossesThatAreNotFinite() {
        LossCurve thinned = new LossCurve(
                        "x", new double[] {1, 2, 3}, new double[] {Double.NaN, 4, Double.POSITIVE_INFINITY})
                .thinned(1);
        assertArrayEquals(new double[] {2}, thinned.steps());
        assertArrayEquals(new double[] {4}, thinned.losses());
    }

    @Test
    void drawsAnEmptyChartBeforeTheFirstStep() {
        BufferedImage image = BitmapEncoder.getBufferedImage(
                Charts.lossCurves(List.of(new LossCurve("CLIP", new double[0], new double[0]))));
        assertEquals(0, Pixels.count(image, Palette.series()[0]));
    }

    @Test
    void barsAreAsHighAsTheirValuesAndMissingOnesAbsent() {
        CategoryChart chart = Charts.accuracyBars(
                "t",
                List.of("FLIP", "GLIP"),
                List.of(
                        new MeasuredSeries("masked", new double[] {0.2, 0.4}, new double[] {0.01, Double.NaN}),
                        MeasuredSeries.exact("tuned", Double.NaN, 0.4)));
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        int half = image.getWidth() / 2;
        int blue = Palette.series()[0].getRGB();
        int orange = Palette.series()[1].getRGB();
        int plot = image.getHeight() - 80;
        double low = Pixels.count(image, 0, 0, half, plot, rgb -> rgb == blue);
        double high = Pixels.count(image, half, 0, half, plot, rgb -> rgb == blue);
        assertEquals(2, high / low, 0.15);
        assertEquals(0, Pixels.count(image, 0, 0, half, plot, rgb -> rgb == orange));
        assertTrue(Pixels.count(image, half, 0, half, plot, rgb -> rgb == orange) > 1000);
    }

    @Test
    void errorBarsAreDrawnWhereThereAreErrors() {
        MeasuredSeries with = new MeasuredSeries("s", new double[] {0.3, 0.4}, new double[] {0.1, 0.1});
        MeasuredSeries without = MeasuredSeries.exact("s", 0.3, 0.4);
        double[] sigmas = {0.2, Double.POSITIVE_INFINITY};
        BufferedImage bars = BitmapEncoder.getBufferedImage(Charts.accuracyAgainstSigma("t", sigmas, List.of(with)));
        BufferedImage none = BitmapEncoder.getBufferedImage(Charts.accuracyAgainstSigma("t", sigmas, List.of(without)));
        int top = 50;
        int height = bars.getHeight() - 130;
        int left = 90;
        int width = bars.getWidth() - 120;
        int ink = Palette.INK.getRGB();
        assertTrue(Pixels.count(bars, left, top, width, height, rgb -> rgb == ink) > 50);
        assertEquals(0, Pixels.count(none, left, top, width, height, rgb -> rgb == ink));
    }

    @Test
    void labelsAnInfiniteSigmaAsRandom() {
        CategoryChart chart = Charts.accuracyAgainstSigma(
                "t", new double[] {0.05, Double.POSITIVE_INFINITY}, List.of(MeasuredSeries.exact("s", 0.3, 0.4)));
        assertEquals(
                List.of("0.05", "random (∞)"),
                List.copyOf(chart.getSeriesMap().get("s").getXData()));
    }

    /** Ink of the title's line: none may touch the edge, and a long title must be there with all its letters. */
    @ParameterizedTest
    @ValueSource(strings = {"t", "How often each patch is seen: centred mask, 75 %, σ = 0.2"})
    void titlesOfMapsAreWholeAndNotCutAtTheEdge(String title) {
        HeatMapChart chart = Charts.keepProbability(title, new double[8][8]);
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        assertEquals(title, chart.getTitle());
        assertTitleInside(image);
    }

    @Test
    void titlesThatAreTooLongEvenWhenSmallEndInAnEllipsis() {
        HeatMapChart chart = Charts.keepProbability("A title of many words ".repeat(10), new double[8][8]);
        assertTrue(chart.getTitle().endsWith("…"), chart.getTitle());
        assertTitleInside(BitmapEncoder.getBufferedImage(chart));
        CategoryChart bars = Charts.accuracyBars(
                "A title of many words ".repeat(10), List.of("a"), List.of(MeasuredSeries.exact("s", 0.1)));
        assertTitleInside(BitmapEncoder.getBufferedImage(bars));
    }

    private static void assertTitleInside(BufferedImage image) {
        int ink = Palette.INK.getRGB();
        assertTrue(Pixels.count(image, 0, 0, image.getWidth(), 40, rgb -> rgb == ink) > 5);
        int white = Color.WHITE.getRGB();
        assertEquals(0, Pixels.count(image, 0, 0, 8, 40, rgb -> rgb != white));
        assertEquals(0, Pixels.count(image, image.getWidth() - 8, 0, 8, 40, rgb -> rgb != white));
    }

    @Test
    void labelsOfBarsAreDarkAndAboveThemEvenIfTheyAreShort() {
        BufferedImage image = BitmapEncoder.getBufferedImage(
                Charts.accuracyBars("t", List.of("short", "long"), List.of(MeasuredSeries.exact("s", 0.01, 0.4))));
        int blue = Palette.series()[0].getRGB();
        int ink = Palette.INK.getRGB();
        int half = image.getWidth() / 2;
        int top = 0;
        while (Pixels.count(image, 80, top, half - 80, 1, rgb -> rgb == blue) == 0) {
            top++;
        }
        // The label stands in the 16 pixels above the short bar, and nothing is written into it.
        assertTrue(Pixels.count(image, 80, top - 16, half - 80, 16, rgb -> rgb == ink) > 5);
        assertEquals(0, Pixels.count(image, half, top - 60, half - 20, 60, rgb -> rgb == ink));
    }

    @Test
    void mapsHaveTheirFirstRowAtTheTop() {
        double[][] corner = new double[8][8];
        corner[0][0] = 1;
        BufferedImage image = BitmapEncoder.getBufferedImage(Charts.keepProbability("t", corner));
        int brightest = Palette.sequential()[8].getRGB();
        int half = image.getWidth() / 2;
        int middle = image.getHeight() / 2;
        assertTrue(Pixels.count(image, 0, 0, half, middle, rgb -> rgb == brightest) > 1000);
        assertEquals(0, Pixels.count(image, 0, middle, half, middle, rgb -> rgb == brightest));
    }

    @Test
    void saysWhatDoesNotFit() {
        List<String> two = List.of("a", "b");
        assertRejects(
                "1 values for 2 categories",
                () -> Charts.accuracyBars("t", two, List.of(MeasuredSeries.exact("s", 0.1))));
        assertRejects("nothing to show", () -> Charts.accuracyBars("t", two, List.of()));
        assertRejects("shares are in [0, 1]", () -> MeasuredSeries.exact("s", 36.5));
        assertRejects("2 values, but 1 errors", () -> new MeasuredSeries("s", new double[2], new double[1]));
        assertRejects("2 steps, but 1 losses", () -> new LossCurve("s", new double[2], new double[1]));
        assertRejects("Row 1 of the map", () -> Charts.heatMap("t", two, two, new double[][] {{0, 0}, {0}}, 0, 1));
        assertRejects("range from 1.0 to 1.0", () -> Charts.heatMap("t", two, two, new double[2][2], 1, 1));
    }
}
