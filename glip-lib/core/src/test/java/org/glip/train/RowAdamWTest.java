package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AdamW by rows against AdamW on the whole matrix, to the last bit. */
class RowAdamWTest {
    private static final String NAME = "matrix";
    private static final int WIDTH = 16;

    private final NDManager manager = Torch.newManager();
    private Operators operators;

    @BeforeEach
    void compile() {
        operators = Operators.compile(manager, new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR));
    }

    @AfterEach
    void close() {
        operators.close();
        manager.close();
    }

    /** A matrix of normal numbers, some of them zero, and its optimiser. */
    private final class Trained implements AutoCloseable {
        private final NDArray matrix;
        private final AdamW adam;

        Trained(float[] weights, double weightDecay) {
            matrix = manager.create(weights, new Shape(weights.length / WIDTH, WIDTH));
            OptimizerConfig config =
                    OptimizerConfig.builder().optWeightDecay(weightDecay).build();
            adam = new AdamW(manager, operators, config, Map.of(NAME, matrix));
        }

        void assertSame(Trained other, String when) {
            assertBits(matrix, other.matrix, "weights " + when);
            other.adam.state().forEach((name, state) -> assertBits(adam.state().get(name), state, name + " " + when));
        }

        @Override
        public void close() {
            adam.close();
            matrix.close();
        }
    }

    private static void assertBits(NDArray expected, NDArray actual, String what) {
        assertArrayEquals(bits(expected), bits(actual), what);
    }

    private static int[] bits(NDArray array) {
        float[] numbers = array.toFloatArray();
        return IntStream.range(0, numbers.length)
                .map(i -> Float.floatToRawIntBits(numbers[i]))
                .toArray();
    }

    private static float[] weights(SplittableRandom random, int rows) {
        float[] weights = new float[rows * WIDTH];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(20) == 0 ? 0 : (float) (0.02 * random.nextGaussian());
        }
        return weights;
    }

    /** One step of both: random gradients for some of the first {@code vocabulary} rows. */
    private void step(
            SplittableRandom random, Trained whole, Trained byRows, RowAdamW rows, int vocabulary, double rate) {
        int[] some = random.ints(1 + random.nextInt(8), 0, vocabulary)
                .sorted()
                .distinct()
                .toArray();
        float[] compact = new float[some.length * WIDTH];
        float[] full = new float[(int) whole.matrix.size()];
        for (int i = 0; i < compact.length; i++) {
            compact[i] =
                    random.nextInt(30) == 0 ? 0 : (float) (random.nextGaussian() * Math.exp(random.nextGaussian()));
            full[some[i / WIDTH] * WIDTH + i % WIDTH] = compact[i];
        }
        try (NDManager pass = manager.newSubManager()) {
            NDArray used = rows.rows(some, pass);
            for (int i = 0; i < some.length; i++) {
                assertBits(whole.matrix.get(some[i]), used.get(i), "row " + some[i] + " when it is used");
            }
            whole.adam.step(rate, Map.of(NAME, pass.create(full, whole.matrix.getShape())));
            rows.step(rate, some, pass.create(compact, new Shape(some.length, WIDTH)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 40, 0.2, 60, false", // few rows ever occur
        "1000, 40, 0, 60, false", // without weight decay
        "1200, 1200, 0.2, 400, false", // most occur in the end, and more is put off than is kept
        "50, 50, 0.2, 40, false", // most occur soon
        "300, 40, 0.2, 20, true" // as on a GPU
    })
    void equalsTheWholeMatrixsAdamWBitForBit(int size, int vocabulary, double weightDecay, int steps, boolean always) {
        SplittableRandom random = new SplittableRandom(size + steps);
        float[] weights = weights(random, size);
        try (Trained whole = new Trained(weights, weightDecay);
                Trained byRows = new Trained(weights, weightDecay)) {
            RowAdamW rows = byRows.adam.byRows(NAME, always);
            for (int i = 0; i < steps; i++) {
                step(random, whole, byRows, rows, vocabulary, 1e-3 * random.nextDouble());
                if (random.nextInt(25) == 0) {
                    rows.settle();
                    whole.assertSame(byRows, "after step " + (i + 1));
                }
            }
            rows.settle();
            whole.assertSame(byRows, "at the end");
            assertFalse(Arrays.equals(weights, byRows.matrix.toFloatArray()));
        }
    }

    @Test
    void goesOnFromItsStateAsTheWholeMatrixDoes() {
        SplittableRandom random = new SplittableRandom(5);
        try (Trained whole = new Trained(weights(random, 300), 0.1);
                Trained byRows = new Trained(whole.matrix.toFloatArray(), 0.1)) {
            RowAdamW rows = byRows.adam.byRows(NAME, false);
            for (int i = 0; i < 20; i++) {
                step(random, whole, byRows, rows, 60, 1e-2);
            }
            rows.settle();
            try (Trained again = new Trained(byRows.matrix.toFloatArray(), 0.1)) {
                again.adam
                        .state()
                        .forEach((name, state) -> byRows.adam.state().get(name).copyTo(state));
                RowAdamW resumed = again.adam.byRows(NAME, false);
                resumed.resume();
                for (int i = 0; i < 20; i++) {
                    step(random, whole, again, resumed, 90, 1e-2);
                }
                resumed.settle();
                whole.assertSame(again, "after going on");
            }
        }
    }

    @Test
    void rowsThatNeverOccurOnlyDecayAndOnlyWhenTheMatrixIsToBeSeen() {
        float[] weights = weights(new SplittableRandom(1), 20);
        Arrays.fill(weights, 5 * WIDTH, 6 * WIDTH, 1);
        try (Trained byRows = new Trained(weights, 0.5);
                NDManager pass = manager.newSubManager()) {
            RowAdamW rows = byRows.adam.byRows(NAME, false);
            for (int i = 0; i < 3; i++) {
                rows.rows(new int[] {2}, pass);
                rows.step(0.1, new int[] {2}, pass.ones(new Shape(1, WIDTH)));
            }
            assertEquals(1, byRows.matrix.getFloat(5, 0));
            rows.settle();
            float factor = (float) (1 - 0.1 * 0.5);
            assertEquals(factor * factor * factor, byRows.matrix.getFloat(5, 0));
            rows.settle();
            assertEquals(factor * factor * factor, byRows.matrix.getFloat(5, 0));
        }
    }
}
