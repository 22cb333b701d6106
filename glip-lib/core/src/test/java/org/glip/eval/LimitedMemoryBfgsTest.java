package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitedMemoryBfgsTest {
    private static final LimitedMemoryBfgs USUAL = new LimitedMemoryBfgs(10, 5000, 1e-9);

    /** Rosenbrock's valley in any even number of dimensions: the minimum is 0 at (1, 1, ...). */
    private static double rosenbrock(double[] x, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < x.length; i += 2) {
            double bend = x[i + 1] - x[i] * x[i];
            sum += 100 * bend * bend + (1 - x[i]) * (1 - x[i]);
            gradient[i] = -400 * x[i] * bend - 2 * (1 - x[i]);
            gradient[i + 1] = 200 * bend;
        }
        return sum;
    }

    @Test
    void anInterruptEndsIt() {
        LimitedMemoryBfgs search = new LimitedMemoryBfgs(10, 5000, 1e-9);
        assertThrows(
                CancellationException.class,
                () -> search.minimise(
                        (point, gradient) -> {
                            Thread.currentThread().interrupt();
                            return rosenbrock(point, gradient);
                        },
                        new double[] {-1.2, 1}));
        assertTrue(Thread.interrupted(), "the flag stays set");
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "3, 2", "10, 2", "10, 40"})
    void findsTheEndOfRosenbrocksValley(int memory, int dimension) {
        double[] start = new double[dimension];
        double[] end = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            start[i] = i % 2 == 0 ? -1.2 : 1;
            end[i] = 1;
        }
        LimitedMemoryBfgs.Minimum minimum =
                new LimitedMemoryBfgs(memory, 5000, 1e-9).minimise(LimitedMemoryBfgsTest::rosenbrock, start);
        assertTrue(minimum.converged());
        assertArrayEquals(end, minimum.point(), 1e-6);
        assertEquals(-1.2, start[0], "the start is left as it is");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void minimisesQuadraticsWhoseCurvaturesDifferByAMillion(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] centre = random.doubles(30, -5, 5).toArray();
        double[] curvature = random.doubles(30, -3, 3).map(e -> Math.pow(10, e)).toArray();
        LimitedMemoryBfgs.Minimum minimum = USUAL.minimise(
                (x, gradient) -> {
                    double sum = 0;
                    for (int i = 0; i < x.length; i++) {
                        gradient[i] = curvature[i] * (x[i] - centre[i]);
                        sum += gradient[i] * (x[i] - centre[i]) / 2;
                    }
                    return sum;
                },
                new double[30]);
        assertTrue(minimum.converged());
        assertEquals(0, minimum.value(), 1e-7, "of about ten thousand at the start");
    }

    @Test
    void aStepIntoTheUndefinedIsShortened() {
        // -log x + x is least at 1 and no number below 0, where the first steps lead
        LimitedMemoryBfgs.Minimum minimum = USUAL.minimise(
                (x, gradient) -> {
                    gradient[0] = 1 - 1 / x[0];
                    return x[0] - Math.log(x[0]);
                },
                new double[] {30});
        assertEquals(1, minimum.point()[0], 1e-6);
    }

    @Test
    void endsWhereItStartsIfThatIsTheMinimum() {
        AtomicInteger evaluations = new AtomicInteger();
        LimitedMemoryBfgs.Minimum minimum = USUAL.minimise(
                (x, gradient) -> {
                    evaluations.incrementAndGet();
                    gradient[0] = 2 * x[0];
                    return x[0] * x[0];
                },
                new double[1]);
        assertEquals(0, minimum.iterations());
        assertEquals(1, evaluations.get());
    }

    @Test
    void saysWhenTheIterationsRanOut() {
        LimitedMemoryBfgs.Minimum minimum =
                new LimitedMemoryBfgs(5, 3, 1e-9).minimise(LimitedMemoryBfgsTest::rosenbrock, new double[] {-1.2, 1});
        assertFalse(minimum.converged());
        assertEquals(3, minimum.iterations());
    }

    @Test
    void refusesWhatCannotBeMinimised() {
        assertThrows(
                IllegalArgumentException.class, () -> USUAL.minimise((x, gradient) -> Double.NaN, new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> new LimitedMemoryBfgs(0, 10, 1));
        assertThrows(IllegalArgumentException.class, () -> new LimitedMemoryBfgs(5, 10, Double.NaN));
    }
}
