package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.glip.engine.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearProbeTest {
    private static final List<String> NAMES = List.of("cat", "dog", "owl");

    /** Pictures around a direction of their class. */
    private static LabelledFeatures pictures(int count, double noise, long seed, int... classOrder) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[count][8];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int kind = i % classOrder.length;
            labels[i] = classOrder[kind];
            for (int d = 0; d < 8; d++) {
                rows[i][d] = (float) ((d == kind ? 1 : 0) + noise * random.nextGaussian());
            }
        }
        return new LabelledFeatures(Features.ofRows(rows), labels, NAMES);
    }

    private static LabelledFeatures pictures(int count, double noise, long seed) {
        return pictures(count, noise, seed, 0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gradientIsThatOfFiniteDifferences(long seed) {
        try (NDManager manager = Torch.newManager();
                SoftmaxRegression objective = new SoftmaxRegression(manager, pictures(20, 0.5, seed), 0.7)) {
            double[] point = new SplittableRandom(seed)
                    .doubles(objective.dimension(), -2, 2)
                    .toArray();
            double[] gradient = new double[point.length];
            double[] unused = new double[point.length];
            objective.evaluate(point, gradient);
            for (int i = 0; i < point.length; i++) {
                double[] moved = point.clone();
                moved[i] += 1e-5;
                double above = objective.evaluate(moved, unused);
                moved[i] -= 2e-5;
                double below = objective.evaluate(moved, unused);
                assertEquals((above - below) / 2e-5, gradient[i], 1e-8, "argument " + i);
            }
        }
    }

    @Test
    void lossOfManyChunksIsTheMeanOverAllRows() {
        LabelledFeatures some = pictures(3000, 0.5, 1);
        int[] twice = IntStream.range(0, 6000).map(i -> i % 3000).toArray();
        LabelledFeatures doubled = new LabelledFeatures(
                some.features().rows(twice),
                Arrays.stream(twice).map(row -> some.labels()[row]).toArray(),
                NAMES);
        double[] point = new SplittableRandom(1).doubles(27, -2, 2).toArray();
        try (NDManager manager = Torch.newManager();
                SoftmaxRegression one = new SoftmaxRegression(manager, some, 1);
                SoftmaxRegression two = new SoftmaxRegression(manager, doubled, 0.5)) {
            assertEquals(one.evaluate(point, new double[27]), two.evaluate(point, new double[27]), 1e-12);
        }
    }

    @Test
    void permutingTheClassesPermutesThePredictions() {
        ProbeSolver solver = ProbeSolver.logisticRegression();
        LabelledFeatures test = pictures(60, 0.6, 2);
        int[] order = {2, 0, 1};
        ClassificationResult plain =
                solver.fit(pictures(60, 0.6, 1), 1).classifier().classify(test);
        ClassificationResult permuted =
                solver.fit(pictures(60, 0.6, 1, order), 1).classifier().classify(pictures(60, 0.6, 2, order));
        assertTrue(plain.top1() > 0.5 && plain.top1() < 1, "some are hard: " + plain.top1());
        for (int i = 0; i < 60; i++) {
            int[] expected =
                    Arrays.stream(plain.predictions(i)).map(c -> order[c]).toArray();
            assertArrayEquals(expected, permuted.predictions(i), "picture " + i);
        }
    }

    private static ProbeSolver solver(String name) {
        return name.equals("adamw") ? ProbeSolver.adamW(0.1, 10, 16, 3) : ProbeSolver.logisticRegression();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lbfgs", "adamw"})
    void choosesARegularisationAndLearnsTheClasses(String name) {
        LinearProbe probe = new LinearProbe(solver(name), null, 0.25, 1);
        LinearProbe.Result result = probe.evaluate(pictures(120, 0.3, 1), pictures(90, 0.3, 2));
        assertTrue(result.test().top1() > 0.9, "top-1 " + result.test().top1());
        assertNotNull(result.validationAccuracy());
        assertTrue(result.validationAccuracy() > 0.9);
        LinearProbe.Result again = probe.evaluate(pictures(120, 0.3, 1), pictures(90, 0.3, 2));
        assertEquals(result.regularization(), again.regularization());
        assertArrayEquals(refit(name, result).weights(), refit(name, again).weights());
        for (int picture = 0; picture < result.test().count(); picture++) {
            assertArrayEquals(result.test().predictions(picture), again.test().predictions(picture));
        }
    }

    /** The classifier of a result: what its solver fits to the training pictures with the number that was chosen. */
    private static LinearClassifier refit(String name, LinearProbe.Result result) {
        return solver(name).fit(pictures(120, 0.3, 1), result.regularization()).classifier();
    }

    @Test
    void fixedRegularisationNeedsNoValidation() {
        LinearProbe probe = new LinearProbe(ProbeSolver.logisticRegression(), 2.0, 0.2, 1);
        LinearProbe.Result result = probe.evaluate(pictures(3, 0.1, 1), pictures(30, 0.1, 2));
        assertEquals(2, result.regularization());
        assertNull(result.validationAccuracy());
        assertEquals(1, result.test().top1());
    }

    @Test
    void splitKeepsTheProportionsAndLosesNoPicture() {
        LabelledFeatures all = pictures(60, 0.5, 1);
        LabelledFeatures.Split split = all.split(0.2, 7);
        for (int c = 0; c < 3; c++) {
            int number = c;
            assertEquals(
                    4,
                    Arrays.stream(split.validation().labels())
                            .filter(l -> l == number)
                            .count());
            assertEquals(
                    16,
                    Arrays.stream(split.training().labels())
                            .filter(l -> l == number)
                            .count());
        }
        Set<Float> firsts = new HashSet<>();
        for (LabelledFeatures part : List.of(split.training(), split.validation())) {
            for (int row = 0; row < part.features().count(); row++) {
                firsts.add(part.features().values()[row * 8]);
            }
        }
        assertEquals(60, firsts.size());
        assertArrayEquals(
                split.validation().features().values(),
                all.split(0.2, 7).validation().features().values());
    }

    @Test
    void gridSearchFindsThePeakInFifteenTrials() {
        RegularizationGrid grid = new RegularizationGrid(1e-6, 1e6);
        int[] trials = {0};
        RegularizationGrid.Candidate best = grid.best(number -> {
            trials[0]++;
            return new RegularizationGrid.Candidate(number, -Math.abs(Math.log10(number) - 1.3), 0);
        });
        assertEquals(1.3, Math.log10(best.regularization()), 0.0626, "half of an eighth of a decade");
        assertEquals(15, trials[0]);
    }

    @Test
    void equalAccuraciesAreToldApartByTheLoss() {
        RegularizationGrid.Candidate best = new RegularizationGrid(1e-6, 1e2)
                .best(number -> new RegularizationGrid.Candidate(number, 1, Math.abs(Math.log10(number) + 2)));
        assertEquals(1e-2, best.regularization(), 1e-9);
    }

    private static void refuses(String told, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(told), told + " is not in: " + message);
    }

    @Test
    void namesTheClassWithTooFewPictures() {
        LinearProbe probe = new LinearProbe(ProbeSolver.logisticRegression(), null, 0.2, 1);
        LabelledFeatures test = pictures(9, 0.1, 2);
        refuses("class 0 (\"cat\") leaves 1 for validation", () -> probe.evaluate(pictures(15, 0.1, 1), test));
        refuses("no training picture is of class 2 (\"owl\")", () -> probe.evaluate(pictures(60, 0.1, 1, 0, 1), test));
        refuses("between 0 and 1", () -> pictures(60, 0.1, 1).split(20, 1));
    }

    @Test
    void refusesATestSetOfOneClassAndLabelsBeyondTheNames() {
        refuses("all 5 pictures are of class 1 (\"dog\")", () -> pictures(5, 0.1, 1, 1));
        refuses("label of image 0 is 3", () -> pictures(6, 0.1, 1, 3, 1));
    }

    @Test
    void saysWhetherTheSolverCameToItsEnd() {
        LabelledFeatures data = pictures(60, 0.6, 1);
        assertTrue(ProbeSolver.logisticRegression().fit(data, 1).converged());
        assertFalse(new LogisticRegression(2, 1e-9).fit(data, 1e6).converged());
    }

    @Test
    void refusesSettingsOutOfRange() {
        LabelledFeatures data = pictures(9, 0.1, 1);
        refuses("C must be positive", () -> ProbeSolver.logisticRegression().fit(data, 0));
        refuses("weight decay", () -> ProbeSolver.adamW(0.1, 1, 8, 0).fit(data, -1));
        refuses("learning rate", () -> ProbeSolver.adamW(Double.NaN, 1, 8, 0));
        refuses("from 1.0 to 1.0", () -> new RegularizationGrid(1, 1));
    }

    @Test
    void refusesFeaturesOfAnotherModelOrOtherClasses() {
        LinearClassifier classifier =
                ProbeSolver.logisticRegression().fit(pictures(9, 0.1, 1), 1).classifier();
        LabelledFeatures narrow = new LabelledFeatures(RandomFeatures.of(2, 4, 1), new int[] {0, 1}, NAMES);
        refuses("8 dimensions", () -> classifier.classify(narrow));
        LabelledFeatures other =
                new LabelledFeatures(RandomFeatures.of(2, 8, 1), new int[] {0, 1}, List.of("cat", "dog", "elk"));
        refuses("elk", () -> classifier.classify(other));
    }

    @Test
    void interruptEndsTheSearch() {
        LinearProbe probe = new LinearProbe(ProbeSolver.logisticRegression(), null, 0.2, 1);
        LabelledFeatures data = pictures(60, 0.1, 1);
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> probe.evaluate(data, data));
        assertTrue(Thread.interrupted(), "the flag stays set");
    }
}
