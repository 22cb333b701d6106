package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ZeroShotClassifierTest {
    private static final List<String> ABC = List.of("ape", "bee", "cat");

    private static void assertRejects(String part, Executable call) {
        var error = assertThrows(IllegalArgumentException.class, call);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void averagesNormalisedPromptsAndNormalisesAgain() {
        // "a" points along x with a large raw norm, "b" along y: normalising first gives the diagonal, not a vector
        // near x.
        Function<List<String>, Features> encode = texts -> Features.ofRows(texts.stream()
                .map(text -> text.startsWith("a") ? new float[] {100, 0} : new float[] {0, 1})
                .toArray(float[][]::new));
        ZeroShotClassifier classifier = ZeroShotClassifier.fromPrompts(
                List.of("mixed", "pure"), name -> name.equals("mixed") ? List.of("a", "b") : List.of("b"), encode);
        float half = (float) Math.sqrt(0.5);
        assertArrayEquals(new float[] {half, half, 0, 1}, classifier.weights().values(), 1e-6f);
    }

    @Test
    void encodesManyClassesInAFewCallsAndKeepsTheirOrder() {
        int classes = 1000;
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        List<Integer> calls = new ArrayList<>();
        ZeroShotClassifier classifier = ZeroShotClassifier.fromPrompts(names, name -> List.of(name, name), texts -> {
            calls.add(texts.size());
            return Features.ofRows(texts.stream()
                    .map(text -> new float[] {
                        (float) Math.cos(Integer.parseInt(text)), (float) Math.sin(Integer.parseInt(text))
                    })
                    .toArray(float[][]::new));
        });
        assertEquals(2 * classes, calls.stream().mapToInt(Integer::intValue).sum());
        assertTrue(calls.size() <= 8, calls.toString());
        for (int c = 0; c < classes; c++) {
            assertEquals(Math.cos(c), classifier.weights().values()[2 * c], 1e-6);
        }
    }

    @Test
    void saysWhatIsWrongWithClassesAndPrompts() {
        Features two = RandomFeatures.axes(2, 0, 1);
        Function<List<String>, Features> encode = texts -> RandomFeatures.axes(2, new int[texts.size()]);
        assertRejects("there are none", () -> ZeroShotClassifier.fromPrompts(List.of(), List::of, encode));
        assertRejects("only \"ape\"", () -> ZeroShotClassifier.fromPrompts(List.of("ape"), List::of, encode));
        assertRejects("3 class names, but 2 rows", () -> new ZeroShotClassifier(ABC, two));
        assertRejects(
                "Class 0 (\"ape\") has no prompts",
                () -> ZeroShotClassifier.fromPrompts(ABC, name -> List.of(), encode));
        assertRejects(
                "given 3 texts and returned 2", () -> ZeroShotClassifier.fromPrompts(ABC, List::of, texts -> two));
    }

    @Test
    void classifiesAHandComputedSet() {
        ZeroShotClassifier classifier = new ZeroShotClassifier(ABC, RandomFeatures.axes(3, 0, 1, 2));
        Features images =
                Features.ofRows(new float[][] {{3, 2, 1}, {3, 2, 1}, {1, 3, 2}, {1, 2, 3}, {3, 1, 2}, {2, 1, 3}});
        ClassificationResult result = classifier.classify(images, new int[] {0, 1, 1, 2, 2, 2});
        assertEquals(4.0 / 6, result.top1());
        assertEquals(1, result.top5());
        assertEquals((1.0 + 1.0 / 2 + 2.0 / 3) / 3, result.meanPerClassRecall(), 1e-15);
        assertEquals(
                List.of(
                        new ClassificationResult.ClassRecall("ape", 1, 1),
                        new ClassificationResult.ClassRecall("bee", 2, 1),
                        new ClassificationResult.ClassRecall("cat", 3, 2)),
                result.perClass());
        assertArrayEquals(new int[] {0, 1, 2}, result.predictions(1));
        assertArrayEquals(new int[] {0, 2, 1}, result.predictions(4));
        assertFalse(result.isHit(1));
        assertEquals(result.top1(), result.metrics().get("top-1"));
    }

    @Test
    void leavesClassesWithoutImagesOutOfTheMean() {
        ZeroShotClassifier classifier = new ZeroShotClassifier(ABC, RandomFeatures.axes(3, 0, 1, 2));
        ClassificationResult result = classifier.classify(RandomFeatures.axes(3, 0, 1), new int[] {0, 2});
        assertEquals(0.5, result.meanPerClassRecall());
    }

    @Test
    void countsTiesAgainstTheModel() {
        int classes = 7;
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        ZeroShotClassifier undecided = new ZeroShotClassifier(names, RandomFeatures.axes(2, new int[classes]));
        for (int label = 0; label < classes; label++) {
            ClassificationResult result = undecided.classify(RandomFeatures.axes(2, 0), new int[] {label});
            assertEquals(0, result.top1());
            assertEquals(0, result.top5());
            int trueLabel = label;
            int[] others = IntStream.range(0, classes)
                    .filter(c -> c != trueLabel)
                    .limit(5)
                    .toArray();
            assertArrayEquals(others, result.predictions(0));
        }
    }

    @Test
    void agreesWithSortingAllScores() {
        int classes = 300;
        int images = 150;
        Features weights = RandomFeatures.of(classes, 10, 1);
        Features pictures = RandomFeatures.of(images, 10, 2);
        List<String> names = Collections.nCopies(classes, "same name");
        int[] labels = IntStream.range(0, images).map(i -> i * 31 % classes).toArray();
        ClassificationResult result = new ZeroShotClassifier(names, weights).classify(pictures, labels);
        int top5 = 0;
        for (int image = 0; image < images; image++) {
            int row = image;
            int[] sorted = IntStream.range(0, classes)
                    .boxed()
                    .sorted((a, b) -> Double.compare(
                            RandomFeatures.cosine(pictures, row, weights, b),
                            RandomFeatures.cosine(pictures, row, weights, a)))
                    .mapToInt(Integer::intValue)
                    .limit(5)
                    .toArray();
            assertArrayEquals(sorted, result.predictions(image));
            assertEquals(sorted[0] == labels[image], result.isHit(image));
            top5 += IntStream.of(sorted).anyMatch(c -> c == labels[row]) ? 1 : 0;
        }
        assertEquals((double) top5 / images, result.top5());
    }

    @Test
    void probabilitiesAreTheSoftmaxOfScaledCosines() {
        ZeroShotClassifier classifier = new ZeroShotClassifier(ABC, RandomFeatures.axes(3, 0, 1, 2));
        double[][] probabilities = classifier.probabilities(Features.ofRows(new float[][] {{1, 0, 0}, {0, 3, 4}}), 2);
        double e = Math.exp(2);
        assertArrayEquals(new double[] {e / (e + 2), 1 / (e + 2), 1 / (e + 2)}, probabilities[0], 1e-12);
        double sum = 1 + Math.exp(1.2) + Math.exp(1.6);
        assertArrayEquals(new double[] {1 / sum, Math.exp(1.2) / sum, Math.exp(1.6) / sum}, probabilities[1], 1e-7);
    }

    @Test
    void aSharpScaleNeitherOverflowsNorLosesTheBestClass() {
        ZeroShotClassifier classifier = new ZeroShotClassifier(ABC, RandomFeatures.axes(3, 0, 1, 2));
        assertArrayEquals(new double[] {0, 1, 0}, classifier.probabilities(RandomFeatures.axes(3, 1), 1e6)[0], 1e-12);
    }

    @Test
    void theMostProbableClassIsTheFirstPredictionOfTheMeasuredClassification() {
        int classes = 300;
        int images = 150; // more than a task of the pool takes
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        ZeroShotClassifier classifier = new ZeroShotClassifier(names, RandomFeatures.of(classes, 10, 1));
        Features pictures = RandomFeatures.of(images, 10, 2);
        ClassificationResult measured = classifier.classify(pictures, new int[images]);
        double[][] probabilities = classifier.probabilities(pictures, 10);
        for (int image = 0; image < images; image++) {
            double[] row = probabilities[image];
            int best = IntStream.range(0, classes)
                    .reduce((a, b) -> row[b] > row[a] ? b : a)
                    .orElseThrow();
            assertEquals(measured.predictions(image)[0], best);
            assertEquals(1, java.util.Arrays.stream(row).sum(), 1e-12);
        }
    }

    @Test
    void saysWhatIsWrongWithPicturesOrScale() {
        ZeroShotClassifier classifier = new ZeroShotClassifier(ABC, RandomFeatures.axes(3, 0, 1, 2));
        assertRejects("dimensions", () -> classifier.probabilities(RandomFeatures.axes(2, 0), 1));
        for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRejects("logit scale", () -> classifier.probabilities(RandomFeatures.axes(3, 0), scale));
        }
    }

    @Test
    void findsTheNumbersOfLabelNames() {
        ZeroShotClassifier classifier = new ZeroShotClassifier(ABC, RandomFeatures.axes(3, 0, 1, 2));
        assertArrayEquals(new int[] {2, 0, 2}, classifier.labelsOf(List.of("cat", "ape", "cat")));
        assertRejects(
                "image 1, \"dog\", is not among the 3 class names", () -> classifier.labelsOf(List.of("cat", "dog")));
        ZeroShotClassifier twice = new ZeroShotClassifier(List.of("crane", "crane"), RandomFeatures.axes(2, 0, 1));
        assertRejects("more than one class", () -> twice.labelsOf(List.of("crane")));
    }

    @Test
    void saysWhichLabelIsWrong() {
        ZeroShotClassifier classifier = new ZeroShotClassifier(ABC, RandomFeatures.axes(3, 0, 1, 2));
        Features two = RandomFeatures.axes(3, 0, 1);
        assertRejects("2 images, but labels for 3", () -> classifier.classify(two, new int[3]));
        assertRejects("image 1 is 3", () -> classifier.classify(two, new int[] {0, 3}));
        assertRejects("image 0 is -1", () -> classifier.classify(two, new int[] {-1, 3}));
        assertRejects("dimensions", () -> classifier.classify(RandomFeatures.axes(2, 0), new int[1]));
    }
}
