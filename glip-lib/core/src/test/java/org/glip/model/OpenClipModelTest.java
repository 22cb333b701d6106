package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.glip.Parity;
import org.glip.TokenRows;
import org.glip.engine.Autograd;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.model.weights.SafetensorsFile;
import org.glip.model.weights.StoredWeights;
import org.glip.text.CaptionTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features, loss and gradients against open_clip; the golden values are of src/test/python/make_model_golden.py. */
class OpenClipModelTest {
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "class-token, whole",
        "class-token, kept",
        "average, whole",
        "average, kept",
        "quick-gelu, whole",
        "quick-gelu, kept",
        "no-ln-pre, whole",
        "no-ln-pre, kept",
        "odd-shapes, whole",
        "odd-shapes, kept",
        "one-block, whole",
        "one-block, kept"
    })
    void featuresLossAndEveryGradientEqualOpenClips(String name, String patches) throws IOException {
        OperatorSettings settings = new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR);
        try (GoldenModel golden = new GoldenModel(name);
                Operators operators = Operators.compile(golden.manager(), settings);
                Autograd.Recording recording = Autograd.record()) {
            ClipModel model = golden.model();
            NDList features = model.forward(
                    new ParameterStore(golden.manager(), false), inputs(golden, patches.equals("whole")), true);
            NDArray loss =
                    operators.call("contrastive_loss", true, features.get(0), features.get(1), model.logitScale());
            Autograd.backward(loss);

            String row = "forward, " + name + " " + patches;
            compare(row + " features", 1e-5, golden.expected(patches + "/image"), features.get(0));
            compare(row + " features", 1e-5, golden.expected(patches + "/text"), features.get(1));
            float expected = golden.expected(patches + "/loss")[0];
            Parity.check(row + " loss", "relative", Math.abs(expected - loss.getFloat()) / expected, 1e-6);
            for (Map.Entry<String, NDArray> tensor : model.tensors().entrySet()) {
                compare(
                        "gradient, " + name + " " + patches + " " + tensor.getKey(),
                        1e-4,
                        golden.expected(patches + "/gradient/" + tensor.getKey()),
                        tensor.getValue().getGradient());
            }
        }
    }

    private static NDList inputs(GoldenModel golden, boolean whole) throws IOException {
        ClipConfig config = golden.model().config();
        int context = config.text().contextLength();
        float[] pixels = golden.expected("pixels");
        int each = pixels.length / golden.pairs();
        List<float[]> pictures = IntStream.range(0, golden.pairs())
                .mapToObj(i -> Arrays.copyOfRange(pixels, i * each, (i + 1) * each))
                .toList();
        List<CaptionTokens> captions = TokenRows.captions(golden.integers("tokens"), context);
        NDList inputs = new NDList(
                ModelInputs.pixels(
                        golden.model().visual().operators(),
                        golden.manager(),
                        pictures,
                        config.vision().imageSize()),
                golden.kept(whole));
        return inputs.addAll(golden.model().text().inputs(golden.manager(), captions));
    }

    private static void compare(String row, double bound, float[] expected, NDArray actual) {
        Parity.check(row, "relative", Parity.relative(expected, actual.toFloatArray()), bound);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"4, 7", "7, 14", "14, 7", "10, 14", "2, 3", "1, 4"})
    void positionEmbeddingsAreResizedAsOpenClipDoes(int from, int to) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(GoldenModel.path("open_clip/positions.safetensors"));
                NDManager manager = Torch.newManager()) {
            String name = "visual.positional_embedding";
            Shape shape = file.shapes().get(from + "-" + to + "/stored");
            ClipConfig config = new ClipConfig(
                    4,
                    false,
                    new ClipConfig.Vision(
                            to * 2, 2, (int) shape.get(1), 1, 1, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
                    new ClipConfig.Text(4, 9, 4, 1, 1, 4));
            StoredWeights stored = new OneTensor(name, shape, file.floats(from + "-" + to + "/stored"));
            StoredWeights resized = ResizedPositions.forModel(stored, config);
            NDArray actual = resized.tensor(manager, name, resized.shapes().get(name));
            compare(
                    "position embeddings, " + from + " to " + to,
                    1e-6,
                    file.floats(from + "-" + to + "/resized"),
                    actual);
        }
    }

    @Test
    void resizedPositionEmbeddingsCanBeTrained() {
        String name = "visual.positional_embedding";
        ClipConfig config = new ClipConfig(
                4,
                false,
                new ClipConfig.Vision(6, 2, 4, 1, 1, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
                new ClipConfig.Text(4, 9, 4, 1, 1, 4));
        OperatorSettings settings = new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR);
        try (NDManager manager = Torch.newManager();
                Operators operators = Operators.compile(manager, settings);
                Autograd.Recording recording = Autograd.record()) {
            float[] stored = {0, 1, 2, 3, 4, 5, 5, 3, 2, 0, 1, 8, 4, 3, 3, 1, 7, 2, 5, 0};
            NDArray resized = ResizedPositions.forModel(new OneTensor(name, new Shape(5, 4), stored), config)
                    .tensor(manager, name, new Shape(10, 4));
            resized.setRequiresGradient(true);
            // saves its argument for the backward pass, which no tensor made in inference mode allows
            Autograd.backward(operators.call("normalize", true, resized).sum());
            assertTrue(resized.getGradient().abs().sum().getFloat() > 0);
        }
    }

    /** Weights of one tensor, in memory. */
    private record OneTensor(String name, Shape shape, float[] values) implements StoredWeights {
        @Override
        public Map<String, Shape> shapes() {
            return Map.of(name, shape);
        }

        @Override
        public String origin() {
            return "a test";
        }

        @Override
        public NDArray tensor(NDManager manager, String wanted, Shape unused) {
            return manager.create(values, shape);
        }
    }
}
