package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.glip.engine.Torch;
import org.glip.model.weights.SafetensorsFile;
import org.glip.train.ClassifierTraining;
import org.glip.train.OptimizerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against scikit-learn and torch; the golden values are of src/test/python/make_probe_golden.py. */
class LinearProbeGoldenTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    private static SafetensorsFile golden() throws Exception {
        return SafetensorsFile.open(
                Path.of(Objects.requireNonNull(LinearProbeGoldenTest.class.getResource("probe.safetensors"))
                        .toURI()));
    }

    private static LabelledFeatures data(SafetensorsFile file) throws IOException {
        float[] numbers = file.floats("labels");
        int[] labels = new int[numbers.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) numbers[i];
        }
        float[] values = file.floats("features");
        return new LabelledFeatures(new Features(labels.length, values.length / labels.length, values), labels, NAMES);
    }

    /**
     * A softmax does not change when all classes get the same on top; scikit-learn's weights sum to zero, biases may
     * not.
     */
    private static float[] centred(float[] biases) {
        double mean = 0;
        for (float bias : biases) {
            mean += bias / biases.length;
        }
        float[] centred = new float[biases.length];
        for (int k = 0; k < centred.length; k++) {
            centred[k] = (float) (biases[k] - mean);
        }
        return centred;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.01", "1", "100", "10000"})
    void logisticRegressionEqualsScikitLearns(String c) throws Exception {
        try (SafetensorsFile file = golden()) {
            ProbeSolver.Fit fit = new LogisticRegression(10_000, 1e-9).fit(data(file), Double.parseDouble(c));
            assertTrue(fit.converged());
            LinearClassifier fitted = fit.classifier();
            float[] weights = file.floats(c + ".weights");
            float largest = 0;
            for (float weight : weights) {
                largest = Math.max(largest, Math.abs(weight));
            }
            assertArrayEquals(weights, fitted.weights(), 2e-5f * largest);
            assertArrayEquals(centred(file.floats(c + ".biases")), centred(fitted.biases()), 2e-5f * largest);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.01", "1", "100", "10000"})
    void usualToleranceComesNearTheLeastLoss(String c) throws Exception {
        try (SafetensorsFile file = golden();
                NDManager manager = Torch.newManager();
                SoftmaxRegression objective = new SoftmaxRegression(manager, data(file), Double.parseDouble(c))) {
            LimitedMemoryBfgs.Minimum minimum =
                    new LimitedMemoryBfgs(10, 1000, 1e-4).minimise(objective, new double[objective.dimension()]);
            assertEquals(file.floats(c + ".loss")[0], minimum.value(), 1e-4);
        }
    }

    @Test
    void stepsOfTheHeadEqualTorchs() throws Exception {
        OptimizerConfig adamW = new OptimizerConfig(0.1, 0.9, 0.999, 1e-8, 0.5, 0);
        try (SafetensorsFile file = golden();
                NDManager manager = Torch.newManager();
                ClassifierTraining training = ClassifierTraining.ofHead(
                        manager,
                        new ClassifierTraining.LinearHead(file.floats("start.weights"), file.floats("start.biases"), 1),
                        adamW,
                        5)) {
            LabelledFeatures data = data(file);
            int width = data.features().dimension();
            for (int step = 0; step < 5; step++) {
                int first = 32 * step;
                int end = Math.min(first + 32, data.labels().length);
                float[] rows = Arrays.copyOfRange(data.features().values(), first * width, end * width);
                long[] labels =
                        Arrays.stream(data.labels(), first, end).asLongStream().toArray();
                training.step(pass -> pass.create(rows, new Shape(end - first, width)), pass -> pass.create(labels));
            }
            assertArrayEquals(file.floats("adamw.weights"), training.head().weights(), 1e-5f);
            assertArrayEquals(file.floats("adamw.biases"), training.head().biases(), 1e-5f);
        }
    }
}
