package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.glip.engine.Autograd;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.engine.Upload;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.mask.PatchGrid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClipModelTest {
    private static final ClipConfig SMALL = config(ClipConfig.Vision.Pooling.CLASS_TOKEN, true, false);

    private NDManager manager;
    private Operators operators;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
        operators = Operators.compile(manager, new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR));
    }

    @AfterEach
    void close() {
        operators.close();
        manager.close();
    }

    private static ClipConfig config(ClipConfig.Vision.Pooling pooling, boolean normBefore, boolean quickGelu) {
        return new ClipConfig(
                24,
                quickGelu,
                new ClipConfig.Vision(32, 8, 32, 3, 16, 4, pooling, normBefore),
                new ClipConfig.Text(12, 60, 48, 4, 3, 4));
    }

    static Stream<Arguments> variants() {
        return Stream.of(
                Arguments.of(SMALL, Mask.none(), MatrixRoute.LINEAR),
                Arguments.of(SMALL, Mask.gaussian(0.75, 0.2), MatrixRoute.LINEAR),
                Arguments.of(SMALL, Mask.gaussian(0.5, 0.2), MatrixRoute.CONVOLUTION),
                Arguments.of(
                        config(ClipConfig.Vision.Pooling.AVERAGE, true, false), Mask.random(0.5), MatrixRoute.LINEAR),
                Arguments.of(
                        config(ClipConfig.Vision.Pooling.CLASS_TOKEN, false, true),
                        Mask.random(0.9),
                        MatrixRoute.LINEAR));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void lossAndEveryGradientEqualThePlainForm(ClipConfig config, Mask masking, MatrixRoute route) {
        try (ClipModel model = ClipModel.create(config, 3, manager)) {
            model.use(new Execution(Precision.FP32, route));
            // The convolution only takes products of many rows.
            RandomPairs pairs = RandomPairs.of(config, route == MatrixRoute.CONVOLUTION ? 128 : 6, 5);
            MaskSampler mask = masking.on(config.vision().grid());
            NDList inputs = pairs.inputs(model, manager, mask);
            Map<String, float[]> fused = new LinkedHashMap<>();
            float loss = fusedLoss(model, inputs, fused);
            Map<String, float[]> plain = new LinkedHashMap<>();
            float reference;
            try (Autograd.Recording recording = Autograd.record()) {
                NDArray plainLoss = new PlainClip(model)
                        .loss(inputs.get(0), inputs.get(1), pairs.allIds(manager), pairs.ends(manager));
                Autograd.backward(plainLoss);
                reference = plainLoss.getFloat();
            }
            model.tensors()
                    .forEach((name, tensor) ->
                            plain.put(name, tensor.getGradient().toFloatArray()));
            assertEquals(reference, loss, 2e-6 * Math.abs(reference));
            plain.forEach((name, gradient) ->
                    assertTrue(Double.isFinite(squares(gradient)), () -> "the plain form's " + name + " is no number"));
            double scale = Math.sqrt(
                    plain.values().stream().mapToDouble(ClipModelTest::squares).sum());
            plain.forEach((name, gradient) -> assertTrue(
                    distance(gradient, fused.get(name)) <= 1e-4 * Math.sqrt(squares(gradient)) + 1e-7 * scale,
                    () -> name + " differs by " + distance(gradient, fused.get(name)) + " of "
                            + Math.sqrt(squares(gradient))));
        }
    }

    @Test
    void gradientEqualsTheDifferenceQuotientAlongRandomDirections() {
        try (ClipModel model = ClipModel.create(SMALL, 3, manager)) {
            NDList inputs = RandomPairs.of(SMALL, 5, 9)
                    .inputs(
                            model,
                            manager,
                            Mask.gaussian(0.5, 0.2).on(SMALL.vision().grid()));
            Map<String, float[]> gradients = new LinkedHashMap<>();
            fusedLoss(model, inputs, gradients);
            for (Map.Entry<String, NDArray> parameter : model.tensors().entrySet()) {
                float[] gradient = gradients.get(parameter.getKey());
                double norm = Math.sqrt(squares(gradient));
                if (norm < 1e-3) {
                    continue; // in float32 the quotient of so flat a direction is noise; the plain form covers it
                }
                double step = 0.02 / norm; // so that the loss moves by about .02 each way
                double quotient = (lossAt(model, inputs, parameter.getValue(), gradient, step / norm)
                                - lossAt(model, inputs, parameter.getValue(), gradient, -step / norm))
                        / (2 * step);
                assertEquals(norm, quotient, 0.05 * norm, parameter.getKey());
            }
        }
    }

    private float lossAt(ClipModel model, NDList inputs, NDArray tensor, float[] direction, double factor) {
        float[] before = tensor.toFloatArray();
        float[] moved = before.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (factor * direction[i]);
        }
        set(tensor, moved);
        try (NDManager scratch = manager.newSubManager()) {
            NDList features = model.forward(new ParameterStore(scratch, false), attached(inputs, scratch), false);
            return operators
                    .call("contrastive_loss", false, features.get(0), features.get(1), model.logitScale())
                    .getFloat();
        } finally {
            set(tensor, before);
        }
    }

    private static NDList attached(NDList inputs, NDManager scratch) {
        NDList copies = new NDList();
        inputs.forEach(input -> {
            NDArray copy = input.duplicate();
            copy.attach(scratch);
            copies.add(copy);
        });
        return copies;
    }

    private void set(NDArray tensor, float[] values) {
        try (NDArray source = manager.create(values, tensor.getShape())) {
            source.copyTo(tensor);
        }
    }

    private float fusedLoss(ClipModel model, NDList inputs, Map<String, float[]> gradients) {
        try (Autograd.Recording recording = Autograd.record()) {
            NDList features = model.forward(new ParameterStore(manager, false), inputs, true);
            NDArray loss =
                    operators.call("contrastive_loss", true, features.get(0), features.get(1), model.logitScale());
            List<NDArray> found = operators.gradients(
                    List.of(loss),
                    List.of(loss.onesLike()),
                    List.copyOf(model.tensors().values()));
            Iterator<NDArray> next = found.iterator();
            model.tensors()
                    .keySet()
                    .forEach(name -> gradients.put(name, next.next().toFloatArray()));
            return loss.getFloat();
        }
    }

    @Test
    void whatFollowsTheEndOfTextChangesNothing() {
        try (ClipModel model = ClipModel.create(SMALL, 3, manager)) {
            RandomPairs pairs = RandomPairs.of(SMALL, 40, 11);
            float[] cut = model.text()
                    .forward(new ParameterStore(manager, false), model.text().inputs(manager, pairs.captions()), false)
                    .singletonOrThrow()
                    .toFloatArray();
            // computes all that follows too
            PlainClip plain = new PlainClip(model);
            float[] padded =
                    plain.text(pairs.allIds(manager), pairs.ends(manager)).toFloatArray();
            assertArrayEquals(padded, cut, 1e-5f);
            pairs.captions().forEach(c -> Arrays.fill(c.ids(), c.length(), c.ids().length, 7));
            float[] followed =
                    plain.text(pairs.allIds(manager), pairs.ends(manager)).toFloatArray();
            assertArrayEquals(followed, cut, 1e-5f);
        }
    }

    @Test
    void orderOfKeptPatchesDoesNotMatter() {
        try (ClipModel model = ClipModel.create(SMALL, 3, manager)) {
            NDList inputs = RandomPairs.of(SMALL, 1, 2)
                    .inputs(model, manager, Mask.none().on(SMALL.vision().grid()));
            ParameterStore store = new ParameterStore(manager, false);
            float[] ascending =
                    image(model, store, inputs.get(0), manager.create(new long[] {1, 5, 6}, new Shape(1, 3)));
            float[] shuffled =
                    image(model, store, inputs.get(0), manager.create(new long[] {6, 1, 5}, new Shape(1, 3)));
            assertArrayEquals(ascending, shuffled, 1e-5f);
        }
    }

    @Test
    void classTokenStaysWhenOnlyOnePatchIsKept() {
        try (ClipModel model = ClipModel.create(SMALL, 3, manager)) {
            NDList inputs = RandomPairs.of(SMALL, 2, 2)
                    .inputs(model, manager, Mask.random(0.99).on(SMALL.vision().grid()));
            assertEquals(1, inputs.get(1).getShape().get(1));
            NDArray tokens = operators.call(
                    "embed_patches",
                    false,
                    inputs.get(0),
                    inputs.get(1),
                    model.tensors().get("visual.conv1.weight"),
                    model.tensors().get("visual.class_embedding"),
                    model.tensors().get("visual.positional_embedding"));
            assertEquals(new Shape(2, 2, 32), tokens.getShape());
            NDArray expected = model.tensors()
                    .get("visual.class_embedding")
                    .add(model.tensors().get("visual.positional_embedding").get(0));
            assertArrayEquals(expected.toFloatArray(), tokens.get(0).get(0).toFloatArray(), 1e-6f);
        }
    }

    private static float[] image(ClipModel model, ParameterStore store, NDArray pixels, NDArray kept) {
        return model.visual()
                .forward(store, new NDList(pixels, kept), false)
                .singletonOrThrow()
                .toFloatArray();
    }

    @Test
    void bfloat16LossAndGradientsStayNearFloat32() {
        try (ClipModel model = ClipModel.create(SMALL, 3, manager)) {
            NDList inputs = RandomPairs.of(SMALL, 4, 2)
                    .inputs(model, manager, Mask.none().on(SMALL.vision().grid()));
            Map<String, float[]> exact = new LinkedHashMap<>();
            float exactLoss = fusedLoss(model, inputs, exact);
            model.use(new Execution(Precision.BF16, MatrixRoute.LINEAR));
            Map<String, float[]> rounded = new LinkedHashMap<>();
            float roundedLoss = fusedLoss(model, inputs, rounded);
            assertEquals(exactLoss, roundedLoss, 0.02 * exactLoss);
            double norm = 0;
            double error = 0;
            for (Map.Entry<String, float[]> gradient : exact.entrySet()) {
                norm += squares(gradient.getValue());
                error += Math.pow(distance(gradient.getValue(), rounded.get(gradient.getKey())), 2);
            }
            double relative = Math.sqrt(error / norm);
            assertTrue(relative > 0 && relative < 0.05, "relative error of the gradient " + relative);
        }
    }

    @Test
    void maskForAnotherGridIsRefused() {
        try (ClipModel model = ClipModel.create(SMALL, 3, manager)) {
            NDArray pixels = manager.zeros(new Shape(1, 3, 32, 32));
            NDArray kept = ModelInputs.kept(Upload.plain(), manager, Mask.none().on(new PatchGrid(14)), 0, 0, 0, 1);
            IllegalArgumentException error = assertThrows(
                    IllegalArgumentException.class,
                    () -> image(model, new ParameterStore(manager, false), pixels, kept));
            assertTrue(error.getMessage().contains("another grid"), error.getMessage());
        }
    }

    @Test
    void presetHasThePublishedNumberOfParameters() {
        try (ClipModel model = ClipModel.create(ClipConfig.preset("ViT-B-16"), 0, manager)) {
            long parameters =
                    model.tensors().values().stream().mapToLong(NDArray::size).sum();
            assertEquals(149_620_737, parameters);
        }
    }

    @Test
    void weightsDependOnTheSeedAndTheNameOnly() {
        try (ClipModel one = ClipModel.create(SMALL, 3, manager);
                ClipModel same = ClipModel.create(SMALL, 3, manager);
                ClipModel other = ClipModel.create(SMALL, 4, manager)) {
            String name = "visual.transformer.resblocks.1.mlp.c_fc.weight";
            float[] weights = one.tensors().get(name).toFloatArray();
            assertArrayEquals(weights, same.tensors().get(name).toFloatArray());
            assertTrue(distance(weights, other.tensors().get(name).toFloatArray()) > 0);
            Set<Integer> keys = new HashSet<>();
            one.tensors().keySet().forEach(tensor -> assertTrue(keys.add(tensor.hashCode()), tensor));
        }
    }

    private static double squares(float[] x) {
        double sum = 0;
        for (float value : x) {
            sum += (double) value * value;
        }
        return sum;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
