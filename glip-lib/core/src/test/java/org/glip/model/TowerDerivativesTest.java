package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.glip.engine.Autograd;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.Tape;
import org.glip.engine.Torch;
import org.glip.engine.Upload;
import org.glip.mask.Mask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features and gradients by derivatives by hand, against autograd's. */
class TowerDerivativesTest {
    private final NDManager manager = Torch.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private static ClipConfig config(ClipConfig.Vision.Pooling pooling, boolean normBefore, boolean quickGelu) {
        return new ClipConfig(
                24,
                quickGelu,
                new ClipConfig.Vision(32, 4, 32, 3, 16, 4, pooling, normBefore),
                new ClipConfig.Text(12, 60, 48, 4, 3, 4));
    }

    /** Weights with which every part of a tower matters: none are left at ones or zeros. */
    private void disturb(ClipModel model) {
        SplittableRandom random = new SplittableRandom(3);
        model.tensors().forEach((name, tensor) -> {
            float[] values = tensor.toFloatArray();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.05 * random.nextGaussian());
            }
            try (NDArray source = manager.create(values, tensor.getShape())) {
                source.copyTo(tensor);
            }
        });
    }

    private static Map<String, NDArray> weights(Tower tower) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        tower.getDirectParameters()
                .forEach(p -> weights.put(p.getKey(), p.getValue().getArray()));
        return weights;
    }

    private void compare(Tower tower, NDList inputs, double bound) {
        Map<String, NDArray> weights = weights(tower);
        List<NDArray> all = List.copyOf(weights.values());
        ParameterStore store = new ParameterStore(manager, false);
        try (NDManager pass = manager.newSubManager();
                Operators operators = Operators.compile(
                        manager, new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR))) {
            NDArray expected;
            List<NDArray> expectedGradients;
            NDArray upstream;
            try (Autograd.Recording recording = Autograd.record()) {
                expected = tower.forward(store, inputs, true).singletonOrThrow();
                upstream = pass.randomNormal(expected.getShape());
                expectedGradients = operators.gradients(List.of(expected), List.of(upstream), all);
            }
            Tape tape = tower.tape(pass);
            NDArray features = tower.forward(store, inputs, tape);
            List<NDArray> gradients = tape.backward(upstream, all);
            assertClose(expected, features, bound, "features");
            int i = 0;
            for (String name : weights.keySet()) {
                assertClose(expectedGradients.get(i), gradients.get(i), bound, name);
                i++;
            }
        }
    }

    private static void assertClose(NDArray expected, NDArray actual, double bound, String name) {
        assertEquals(expected.getShape(), actual.getShape(), name);
        float[] one = expected.toFloatArray();
        float[] other = actual.toFloatArray();
        if (bound == 0) {
            assertArrayEquals(one, other, name);
            return;
        }
        double norm = 0;
        double distance = 0;
        for (int i = 0; i < one.length; i++) {
            norm += (double) one[i] * one[i];
            distance += Math.pow((double) one[i] - other[i], 2);
        }
        assertTrue(Math.sqrt(distance) <= bound * Math.sqrt(norm), name + ": " + Math.sqrt(distance / norm));
    }

    @ParameterizedTest
    @CsvSource({
        "CLASS_TOKEN, true, false, FP32, LINEAR, 40, 0", // to the last bit
        "CLASS_TOKEN, true, false, BF16, LINEAR, 40, 0",
        "AVERAGE, true, false, FP32, LINEAR, 40, 0",
        "CLASS_TOKEN, true, false, FP32, CONVOLUTION, 40, 2e-6", // patches are projected by another product
        "CLASS_TOKEN, false, true, FP32, LINEAR, 7, 2e-6" // the quick GELU is differentiated as one function
    })
    void equalAutograds(
            ClipConfig.Vision.Pooling pooling,
            boolean normBefore,
            boolean quickGelu,
            Precision precision,
            MatrixRoute route,
            int pairs,
            double bound) {
        ClipConfig config = config(pooling, normBefore, quickGelu);
        try (ClipModel model = ClipModel.create(config, 1, manager)) {
            disturb(model);
            model.use(new Execution(precision, route));
            RandomPairs random = RandomPairs.of(config, pairs, 5);
            compare(model.text(), model.text().inputs(manager, random.captions()), bound);
            NDList pictures = new NDList(
                    manager.randomNormal(new Shape(pairs, 3, 32, 32)),
                    ModelInputs.kept(
                            Upload.plain(),
                            manager,
                            Mask.random(0.5).on(config.vision().grid()),
                            1,
                            2,
                            3,
                            pairs));
            compare(model.visual(), pictures, bound);
        }
    }

    @Test
    void aPassThatDoesNotGoBackIsFreedWithItsManager() {
        ClipConfig config = config(ClipConfig.Vision.Pooling.CLASS_TOKEN, true, false);
        try (ClipModel model = ClipModel.create(config, 1, manager);
                NDManager pass = manager.newSubManager()) {
            RandomPairs random = RandomPairs.of(config, 3, 5);
            NDArray features = model.text()
                    .forward(
                            new ParameterStore(manager, false),
                            model.text().inputs(pass, random.captions()),
                            model.text().tape(pass));
            assertEquals(new Shape(3, 24), features.getShape());
        }
    }
}
