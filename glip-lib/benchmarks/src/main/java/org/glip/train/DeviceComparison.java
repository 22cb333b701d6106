package org.glip.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.glip.data.Batch;
import org.glip.data.SyntheticPairs;
import org.glip.engine.Devices;
import org.glip.engine.HostCopy;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.ProcessGroup;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.TextTower;
import org.glip.text.ClipTokenizer;

/**
 * Compares what a device computes with what the CPU does in float32: masks, features, loss, gradients, and the losses
 * of some steps of training. Where the device is the CPU, too, the second training is done as on a GPU.
 */
public final class DeviceComparison {
    private static final long SEED = 1;
    private static final double LEARNING_RATE = 1e-3;

    private final ClipConfig config;
    private final Mask mask;
    private final int batch;
    private final int steps;

    /**
     * What may differ, relative: a first guess for devices that were not at hand. Sums in another order differ by some
     * 1e-6; products of bfloat16 or TensorFloat-32 numbers by the last of 8 or 11 bits.
     */
    private record Bounds(double features, double gradient, double losses) {
        static Bounds of(Precision precision, boolean tf32) {
            return precision == Precision.FP32 && !tf32 ? new Bounds(1e-4, 1e-3, 1e-3) : new Bounds(3e-2, 0.2, 5e-2);
        }
    }

    /** @param gradient of all weights, one tensor after the other; by name */
    private record Seen(
            float[] kept, float[] images, float[] texts, float loss, Map<String, float[]> gradient, double[] losses) {}

    DeviceComparison(ClipConfig config, Mask mask, int batch, int steps) {
        this.config = config;
        this.mask = mask;
        this.batch = batch;
        this.steps = steps;
    }

    /**
     * Prints a JSON object; ends with code 1 where more differs than may.
     *
     * @param args device, model, fp32 or bf16, masked part (0 for none), pairs a step, steps
     * @throws IOException if the model's file cannot be read
     */
    public static void main(String... args) throws IOException {
        if (args.length != 6) {
            System.err.println("DeviceComparison: give device, model, precision, masked part, batch and steps, such as"
                    + " 'cuda tiny fp32 .75 8 20'");
            System.exit(2);
        }
        JsonObject json;
        try {
            double ratio = Double.parseDouble(args[3]);
            json = new DeviceComparison(
                            ClipConfig.resolve(args[1]),
                            ratio == 0 ? Mask.none() : Mask.gaussian(ratio, 0.2),
                            Integer.parseInt(args[4]),
                            Integer.parseInt(args[5]))
                    .compare(Devices.of(args[0]), Precision.parse(args[2]));
            json.addProperty("model", args[1]);
        } catch (IllegalArgumentException e) {
            System.err.println("DeviceComparison: " + e.getMessage());
            System.exit(2);
            return;
        }
        System.out.println(json);
        System.exit(json.get("within_bounds").getAsBoolean() ? 0 : 1);
    }

    /** Computes on both. */
    JsonObject compare(Device device, Precision precision) throws IOException {
        Precision used = Torch.supported(precision, device);
        Seen expected = see(Device.cpu(), Precision.FP32, false);
        Seen actual = see(device, used, true);
        Bounds bounds = Bounds.of(used, Devices.hasTf32(device));
        boolean sameMasks = Arrays.equals(expected.kept, actual.kept);
        double images = relative(expected.images, actual.images);
        double texts = relative(expected.texts, actual.texts);
        double loss = relative(new double[] {expected.loss}, new double[] {actual.loss});
        double gradient = relative(expected.gradient, actual.gradient);
        double losses = relative(expected.losses, actual.losses);
        Gson gson = new Gson();
        JsonObject json = new JsonObject();
        json.addProperty("device", Devices.describe(device));
        json.addProperty("engine", Torch.version());
        json.addProperty("processor", Torch.processor());
        json.addProperty("precision", used.label());
        json.addProperty("tf32", Devices.hasTf32(device));
        json.addProperty("mask", mask.toString());
        json.addProperty("batch", batch);
        json.addProperty("masks_equal", sameMasks);
        json.addProperty("image_features", images);
        json.addProperty("text_features", texts);
        json.addProperty("loss", loss);
        json.addProperty("gradient", gradient);
        json.addProperty("losses", losses);
        json.add("losses_on_cpu", gson.toJsonTree(expected.losses));
        json.add("losses_on_device", gson.toJsonTree(actual.losses));
        json.add("bounds", gson.toJsonTree(bounds));
        json.addProperty(
                "within_bounds",
                sameMasks
                        && Math.max(images, texts) <= bounds.features
                        && loss <= bounds.features
                        && gradient <= bounds.gradient
                        && losses <= bounds.losses);
        return json;
    }

    private Seen see(Device device, Precision precision, boolean asOnGpu) throws IOException {
        try (NDManager manager = Torch.newManager(device);
                ClipModel model = ClipModel.create(config, SEED, manager)) {
            model.use(new Execution(precision, MatrixRoute.LINEAR));
            Batch first = pairs().next();
            NDList pictures = model.visual()
                    .inputs(manager, first.pixels(), mask.on(config.vision().grid()), SEED, 0, 0);
            ParameterStore store = new ParameterStore(manager, false);
            float[] images = HostCopy.floats(
                    model.visual().forward(store, pictures, false).singletonOrThrow());
            float[] texts = HostCopy.floats(model.text()
                    .forward(store, model.text().inputs(manager, first.tokens()), false)
                    .singletonOrThrow());
            long[] kept = HostCopy.longs(pictures.get(1));
            float[] numbers = new float[kept.length];
            for (int i = 0; i < kept.length; i++) {
                numbers[i] = kept[i];
            }
            Map<String, float[]> gradient = new ConcurrentHashMap<>();
            float loss = gradient(model, first, gradient, manager);
            return new Seen(numbers, images, texts, loss, gradient, train(model, precision, asOnGpu));
        }
    }

    private SyntheticPairs pairs() {
        return SyntheticPairs.builder()
                .setTokenizer(ClipTokenizer.load())
                .setBatchSize(batch)
                .setImageSize(config.vision().imageSize())
                .setContextLength(config.text().contextLength())
                .optSeed(SEED)
                .build();
    }

    private float gradient(ClipModel model, Batch pairs, Map<String, float[]> taken, NDManager manager) {
        OperatorSettings settings = new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR);
        try (Operators operators = Operators.compile(manager, settings);
                ContrastiveStep step = new ContrastiveStep(
                        model, operators, mask.on(config.vision().grid()), SEED, batch, manager)) {
            return step.run(pairs, 0, new Taker(model, operators, taken));
        }
    }

    /** Learns nothing, and copies all gradients. */
    private record Taker(ClipModel model, Operators operators, Map<String, float[]> taken)
            implements ContrastiveStep.Learner {
        @Override
        public NDArray tokenRows(int[] rows, NDManager manager) {
            long[] numbers = Arrays.stream(rows).asLongStream().toArray();
            NDArray which = operators.longs(manager, new Shape(rows.length), numbers);
            NDArray values = operators
                    .call("rows", true, which, model.tensors().get(TextTower.TOKEN_EMBEDDING))
                    .stopGradient();
            values.attach(manager);
            values.setRequiresGradient(true);
            return values;
        }

        @Override
        public void learn(Map<String, NDArray> gradients) {
            gradients.forEach((name, gradient) -> taken.put(name, HostCopy.floats(gradient)));
        }

        @Override
        public void learnTokenRows(int[] rows, NDArray gradient) {
            taken.put(TextTower.TOKEN_EMBEDDING, HostCopy.floats(gradient));
        }
    }

    private double[] train(ClipModel model, Precision precision, boolean asOnGpu) throws IOException {
        OptimizerConfig optimizer = OptimizerConfig.builder()
                .optLearningRate(LEARNING_RATE)
                .optWarmupSteps(2)
                .build();
        StageConfig stage = new StageConfig(steps, batch, batch, optimizer, mask, precision, SEED, 0);
        List<Double> losses = new ArrayList<>();
        try (TrainingLoop loop = new TrainingLoop(model, stage, ProcessGroup.alone(), asOnGpu)) {
            loop.run(pairs(), report -> losses.add(report.loss()));
        }
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The norm of the difference by that of what is expected. */
    private static double relative(Map<String, float[]> expected, Map<String, float[]> actual) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        expected.forEach((name, numbers) -> sums.put(name, squares(doubles(numbers), doubles(actual.get(name)))));
        double difference = sums.values().stream().mapToDouble(sum -> sum[0]).sum();
        return Math.sqrt(
                difference / sums.values().stream().mapToDouble(sum -> sum[1]).sum());
    }

    private static double relative(float[] expected, float[] actual) {
        return relative(doubles(expected), doubles(actual));
    }

    private static double relative(double[] expected, double[] actual) {
        double[] sums = squares(expected, actual);
        return Math.sqrt(sums[0] / sums[1]);
    }

    private static double[] doubles(float[] numbers) {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = numbers[i];
        }
        return doubles;
    }

    private static double[] squares(double[] expected, double[] actual) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (expected[i] - actual[i]) * (expected[i] - actual[i]);
            norm += expected[i] * expected[i];
        }
        return new double[] {difference, norm};
    }
}
