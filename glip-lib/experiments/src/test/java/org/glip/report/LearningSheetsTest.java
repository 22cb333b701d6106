package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Charts and sheets about what a model learns. */
class LearningSheetsTest {
    private static final LossCurve LOSS = new LossCurve("CLIP", new double[] {1, 2, 3}, new double[] {3, 2, 1.5});
    private static final AccuracyCurve NONE = new AccuracyCurve("CLIP", new double[0], new double[0], new double[0]);
    private static final AccuracyCurve SOME =
            new AccuracyCurve("GLIP", new double[] {100, 200}, new double[] {60, 180}, new double[] {0.1, 0.4});

    private static long inkOf(BufferedImage image, int left, int series) {
        int color = Palette.series()[series].getRGB();
        int half = image.getWidth() / 2;
        return Pixels.count(image, left, 0, half, image.getHeight(), rgb -> rgb == color);
    }

    @Test
    void lossAndAccuracyStandSideBySide() {
        BufferedImage image = LearningCharts.lossAndAccuracy(List.of(LOSS), List.of(SOME));
        int half = image.getWidth() / 2;
        assertTrue(inkOf(image, 0, 0) > 50);
        assertTrue(inkOf(image, half, 0) > 50);
    }

    @Test
    void beforeTheFirstPointThereIsAnEmptyChart() {
        BufferedImage image = LearningCharts.lossAndAccuracy(List.of(LOSS), List.of(NONE));
        assertTrue(inkOf(image, 0, 0) > 50);
        assertEquals(0, inkOf(image, image.getWidth() / 2, 0));
        LearningCharts.lossAndAccuracy(List.of(), List.of());
        LearningCharts.againstPairsAndTime(List.of());
    }

    @Test
    void againstPairsAndAgainstTime() {
        BufferedImage image = LearningCharts.againstPairsAndTime(List.of(SOME));
        assertTrue(inkOf(image, 0, 0) > 50);
        assertTrue(inkOf(image, image.getWidth() / 2, 0) > 50);
    }

    @Test
    void aCurveHasAllOfEachPoint() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new AccuracyCurve("x", new double[1], new double[2], new double[2]));
    }

    private static NamedPicture picture(String label, String... guesses) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        return new NamedPicture(
                image,
                label,
                List.of(guesses).stream()
                        .map(guess -> new NamedPicture.Guess(guess, 0.5))
                        .toList());
    }

    @Test
    void rightGuessesAreTickedAndAMissedLabelIsNamed() {
        int right = Palette.RIGHT.getRGB();
        int missed = Palette.MISSED.getRGB();
        BufferedImage known = PredictionSheet.draw(List.of(picture("cat", "dog", "cat")), 1);
        BufferedImage unknown = PredictionSheet.draw(List.of(picture("cat", "dog", "cow")), 1);
        assertTrue(Pixels.count(known, 0, 0, known.getWidth(), known.getHeight(), rgb -> rgb == right) > 5);
        assertEquals(0, Pixels.count(known, 0, 0, known.getWidth(), known.getHeight(), rgb -> rgb == missed));
        assertEquals(0, Pixels.count(unknown, 0, 0, unknown.getWidth(), unknown.getHeight(), rgb -> rgb == right));
        assertTrue(Pixels.count(unknown, 0, 0, unknown.getWidth(), unknown.getHeight(), rgb -> rgb == missed) > 5);
    }

    @Test
    void theLargestCosineIsTheLightestCell() {
        List<NamedPicture> two = List.of(picture("cat"), picture("dog"));
        BufferedImage sheet = new SimilaritySheet(two, new double[][] {{0.9, 0.1}, {0.1, 0.9}}).draw();
        int light = MapSheet.color(1).getRGB();
        int dark = MapSheet.color(0).getRGB();
        assertTrue(Pixels.count(sheet, 0, 0, sheet.getWidth(), sheet.getHeight(), rgb -> rgb == light) > 5000);
        assertTrue(Pixels.count(sheet, 0, 0, sheet.getWidth(), sheet.getHeight(), rgb -> rgb == dark) > 5000);
        new SimilaritySheet(two.subList(0, 1), new double[][] {{0.3}}).draw();
        assertThrows(IllegalArgumentException.class, () -> new SimilaritySheet(two, new double[2][1]));
        assertThrows(IllegalArgumentException.class, () -> new SimilaritySheet(List.of(), new double[0][]));
    }

    @Test
    void aFoundPictureOfTheTextIsTicked() {
        BufferedImage sheet = RetrievalSheet.draw(List.of(
                new RetrievalSheet.Row("cat", List.of(picture("cat"), picture("dog"))),
                new RetrievalSheet.Row("a red car", List.of(picture("dog")))));
        int right = Palette.RIGHT.getRGB();
        int half = sheet.getHeight() / 2;
        assertTrue(Pixels.count(sheet, 0, 0, sheet.getWidth(), half, rgb -> rgb == right) > 5);
        assertEquals(0, Pixels.count(sheet, 0, half, sheet.getWidth(), half, rgb -> rgb == right));
        assertThrows(IllegalArgumentException.class, () -> RetrievalSheet.draw(List.of()));
    }
}
