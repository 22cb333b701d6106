package org.glip.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.glip.eval.ClassificationResult;
import org.glip.eval.ZeroShotClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Confidence intervals, spread over seeds and the paired test. */
class StatisticsTest {
    private static final List<String> NAMES = List.of("no", "yes");

    /** A result over images of class 1 in which exactly the given images are right. */
    private static ClassificationResult result(int images, IntPredicate hit) {
        int[] axis = IntStream.range(0, images).map(i -> hit.test(i) ? 1 : 0).toArray();
        int[] labels = IntStream.range(0, images).map(i -> 1).toArray();
        return new ZeroShotClassifier(NAMES, AxisFeatures.axes(2, 0, 1)).classify(AxisFeatures.axes(2, axis), labels);
    }

    @Test
    void bootstrapIntervalHasTheWidthOfTheBinomialLaw() {
        ClassificationResult result = result(1000, i -> i % 10 < 3);
        ConfidenceInterval interval = ConfidenceInterval.ofTop1(result, 0.95, 4000, 5);
        double halfWidth = 1.96 * Math.sqrt(0.3 * 0.7 / 1000);
        assertEquals(0.3, interval.estimate(), 1e-12);
        assertEquals(0.3 - halfWidth, interval.low(), 0.004);
        assertEquals(0.3 + halfWidth, interval.high(), 0.004);
    }

    @Test
    void bootstrapIsAFunctionOfItsSeedAndWidensWithTheLevel() {
        ClassificationResult result = result(200, i -> i % 2 == 0);
        ConfidenceInterval first = ConfidenceInterval.ofTop1(result, 0.9, 500, 5);
        assertEquals(first, ConfidenceInterval.ofTop1(result, 0.9, 500, 5));
        ConfidenceInterval wider = ConfidenceInterval.ofTop1(result, 0.99, 500, 5);
        assertTrue(wider.low() < first.low() && wider.high() > first.high());
    }

    @Test
    void bootstrapOfAPerfectModelHasNoWidth() {
        ConfidenceInterval interval = ConfidenceInterval.ofTop1(result(50, i -> true), 0.95, 100, 1);
        assertEquals(new ConfidenceInterval(1, 1, 1, 0.95), interval);
    }

    @Test
    void bootstrapRejectsALevelInPercentAndTooFewResamples() {
        ClassificationResult result = result(10, i -> true);
        assertThrows(IllegalArgumentException.class, () -> ConfidenceInterval.ofTop1(result, 95, 1000, 1));
        assertThrows(IllegalArgumentException.class, () -> ConfidenceInterval.ofTop1(result, 0.95, 10, 1));
    }

    /**
     * The first row is the worked example of Fagerland and others 2013 (.070 and .039); the rest is binomial arithmetic
     * by hand.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 7, 0.0703125, 0.0390625",
        "7, 1, 0.0703125, 0.0390625",
        "0, 5, 0.0625, 0.03125",
        "0, 0, 1, 1",
        "2, 2, 1, 0.8125",
        "1, 1, 1, 0.75",
        "1, 2, 1, 0.625"
    })
    void pairedTestGivesTheKnownPValues(int onlyFirst, int onlySecond, double exact, double mid) {
        PairedComparison comparison = new PairedComparison(100, onlyFirst, onlySecond);
        assertEquals(exact, comparison.exactPValue(), 1e-12);
        assertEquals(mid, comparison.midPValue(), 1e-12);
    }

    @Test
    void pairedTestDoesNotUnderflowOnManyImages() {
        // Normal approximation: z = 100 / sqrt(9900) = 1.005, two-sided p = 0.3149.
        PairedComparison comparison = new PairedComparison(50_000, 4900, 5000);
        assertEquals(0.3149, comparison.midPValue(), 5e-4);
        assertTrue(comparison.exactPValue() > comparison.midPValue());
    }

    @Test
    void pairedTestCountsTheImagesThatTellTheTwoApart() {
        PairedComparison comparison = PairedComparison.of(result(60, i -> i % 2 == 0), result(60, i -> i % 3 == 0));
        assertEquals(new PairedComparison(60, 20, 10), comparison);
        Hits first = Hits.parse(60, Hits.of(result(60, i -> i % 2 == 0)).toBase64());
        Hits second = Hits.of(result(60, i -> i % 3 == 0));
        assertEquals(comparison, PairedComparison.of(first, second));
        assertEquals(0.5, first.share());
        Hits fewer = Hits.of(result(59, i -> true));
        assertThrows(IllegalArgumentException.class, () -> PairedComparison.of(first, fewer));
        assertEquals(10.0 / 60, comparison.difference(), 1e-15);
    }

    @Test
    void pairedTestRefusesDifferentImages() {
        ClassificationResult yes = result(2, i -> true);
        assertThrows(IllegalArgumentException.class, () -> PairedComparison.of(yes, result(3, i -> true)));
        ClassificationResult no = new ZeroShotClassifier(NAMES, AxisFeatures.axes(2, 0, 1))
                .classify(AxisFeatures.axes(2, 1, 1), new int[] {1, 0});
        var error = assertThrows(IllegalArgumentException.class, () -> PairedComparison.of(yes, no));
        assertTrue(error.getMessage().contains("labels of image 1 are 1 and 0"), error.getMessage());
    }

    @Test
    void spreadOverSeedsIsTheSampleDeviation() {
        SeedSpread spread = SeedSpread.of(2, 4, 4, 4, 5, 5, 7, 9);
        assertEquals(5, spread.mean());
        assertEquals(Math.sqrt(32.0 / 7), spread.standardDeviation(), 1e-15);
        assertEquals(2, spread.minimum());
        assertEquals(9, spread.maximum());
    }

    @Test
    void oneSeedHasNoSpread() {
        assertTrue(Double.isNaN(SeedSpread.of(3).standardDeviation()));
        assertThrows(IllegalArgumentException.class, SeedSpread::of);
        var error = assertThrows(IllegalArgumentException.class, () -> SeedSpread.of(1, Double.NaN));
        assertTrue(error.getMessage().contains("run 1"), error.getMessage());
    }
}
