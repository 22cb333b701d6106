package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.glip.data.Batch;
import org.glip.data.StreamPosition;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.TextTower;
import org.glip.text.CaptionTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContrastiveTrainingTest {
    private static final ClipConfig SMALL = new ClipConfig(
            16,
            false,
            new ClipConfig.Vision(32, 8, 32, 2, 16, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
            new ClipConfig.Text(10, 50, 32, 2, 2, 4));

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Pairs that can be learned: the colour of the picture and the second token say the same. */
    private static Batch batch(int size, long first, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> pixels = new ArrayList<>();
        List<CaptionTokens> tokens = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<JsonObject> metadata = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int kind = 1 + random.nextInt(40);
            float[] picture = new float[3 * 32 * 32];
            for (int p = 0; p < 3072; p++) {
                picture[p] = (float) (Math.sin(kind * (1 + p / 1024)) * 2 + 0.3 * random.nextGaussian());
            }
            pixels.add(picture);
            int[] ids = new int[10];
            ids[0] = 48;
            ids[1] = kind;
            int end = 2 + random.nextInt(6);
            for (int t = 2; t < end; t++) {
                ids[t] = 1 + random.nextInt(40);
            }
            ids[end] = 49;
            tokens.add(new CaptionTokens(ids, end + 1));
            names.add("pair " + (first + i));
            metadata.add(new JsonObject());
        }
        StreamPosition end = new StreamPosition(0, first + size, first + size);
        return new Batch(first, size, 32, pixels, tokens, names, names, metadata, 0, end);
    }

    private static List<Batch> batches(int count, int size) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(size, (long) i * size, i));
        }
        return batches;
    }

    private static StageConfig config(long steps, int batch, int microBatch, double learningRate) {
        OptimizerConfig optimizer = OptimizerConfig.builder()
                .optLearningRate(learningRate)
                .optWarmupSteps(2)
                .build();
        return new StageConfig(steps, batch, microBatch, optimizer, Mask.gaussian(0.5, 0.2), Precision.FP32, 7, 0);
    }

    private static Provenance provenance() {
        return Provenance.here("test", "made in the test", Map.of());
    }

    /** Trains on batches in memory and keeps the stage in a folder. */
    private static StageResult keep(TrainingLoop loop, Path folder, List<Batch> batches, Consumer<StepReport> listener)
            throws Exception {
        try (StageFolder files = StageFolder.open(folder, provenance(), null, 2, loop)) {
            StageResult result = loop.run(batches.iterator(), report -> {
                files.afterStep(report);
                listener.accept(report);
                if (loop.config().isCheckpointDue(report.step())) {
                    files.checkpoint();
                }
            });
            files.finish(result);
            return result;
        }
    }

    private static Map<String, float[]> copy(ClipModel model) {
        Map<String, float[]> copy = new LinkedHashMap<>();
        model.tensors().forEach((name, tensor) -> copy.put(name, tensor.toFloatArray()));
        return copy;
    }

    @Test
    void everyParameterMovesInOneStep() throws Exception {
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(1, 8, 8, 1e-3))) {
            Map<String, float[]> before = copy(model);
            loop.run(batches(1, 8).iterator(), report -> {});
            copy(model).forEach((name, after) -> assertFalse(Arrays.equals(before.get(name), after), name));
        }
    }

    @Test
    void lossFallsOnPairsThatCanBeLearned() throws Exception {
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(60, 16, 16, 3e-3))) {
            List<Double> losses = new ArrayList<>();
            List<Batch> few = batches(3, 16); // seen again and again, so that they can be learned by heart
            List<Batch> stream = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                stream.add(few.get(i % few.size()));
            }
            loop.run(stream.iterator(), report -> losses.add(report.loss()));
            assertEquals(60, losses.size());
            double first =
                    losses.subList(0, 5).stream().mapToDouble(x -> x).average().orElseThrow();
            double last = losses.subList(55, 60).stream()
                    .mapToDouble(x -> x)
                    .average()
                    .orElseThrow();
            assertTrue(last < 0.7 * first, first + " to " + last);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "12, 5", // 5 + 5 + 2
        "45, 20" // the whole batch in two pieces side by side, against 20 + 20 + 5 one after the other
    })
    void microBatchesGiveTheGradientsOfTheWholeBatch(int size, int microBatch) {
        Batch batch = batch(size, 100, 3);
        Map<String, float[]> whole = gradients(batch, size);
        Map<String, float[]> cached = gradients(batch, microBatch);
        whole.forEach((name, gradient) -> {
            double norm = 0;
            double distance = 0;
            for (int i = 0; i < gradient.length; i++) {
                norm += (double) gradient[i] * gradient[i];
                double difference = gradient[i] - cached.get(name)[i];
                distance += difference * difference;
            }
            assertTrue(Math.sqrt(distance) <= 1e-4 * Math.sqrt(norm) + 1e-7, name);
        });
    }

    private Map<String, float[]> trained(int threads) throws Exception {
        int before = Torch.threads();
        Torch.setThreads(threads);
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(4, 40, 40, 1e-3))) {
            loop.run(batches(4, 40).iterator(), report -> {});
            return copy(model);
        } finally {
            Torch.setThreads(before);
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBitOfASmallModel() throws Exception {
        Map<String, float[]> one = trained(1);
        for (int threads : new int[] {2, 3}) {
            trained(threads).forEach((name, weights) -> assertArrayEquals(one.get(name), weights, name));
        }
    }

    /** AdamW on the whole embedding, where the loop visits only the rows that occur; all else is the loop's. */
    @Test
    void aRunEqualsOneThatUpdatesTheWholeTokenEmbeddingBitForBit() throws Exception {
        ClipConfig sparse = new ClipConfig(
                16, false, SMALL.vision(), new ClipConfig.Text(10, 500, 32, 2, 2, 4)); // most tokens never occur
        Map<String, float[]> byRows;
        try (ClipModel model = ClipModel.create(sparse, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(6, 8, 8, 1e-2))) {
            loop.run(batches(6, 8).iterator(), report -> {});
            byRows = copy(model);
        }
        OperatorSettings settings = new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR);
        StageConfig config = config(6, 8, 8, 1e-2);
        try (ClipModel model = ClipModel.create(sparse, 1, manager);
                Operators operators = Operators.compile(manager, settings);
                AdamW adam = new AdamW(manager, operators, config.optimizer(), model.tensors());
                ContrastiveStep step = new ContrastiveStep(
                        model, operators, config.mask().on(sparse.vision().grid()), config.seed(), 8, manager)) {
            List<Batch> all = batches(6, 8);
            for (int i = 0; i < all.size(); i++) {
                Map<String, float[]> taken = new ConcurrentHashMap<>();
                step.run(all.get(i), i, new GradientTaker(model, taken));
                try (NDManager pass = manager.newSubManager()) {
                    Map<String, NDArray> gradients = new LinkedHashMap<>();
                    model.tensors()
                            .forEach((name, tensor) ->
                                    gradients.put(name, pass.create(taken.get(name), tensor.getShape())));
                    adam.step(config.schedule().at(i), gradients);
                }
                operators.clamp(model.logitScale(), 0, Math.log(100));
            }
            copy(model).forEach((name, weights) -> assertArrayEquals(weights, byRows.get(name), name));
        }
    }

    /** Learns nothing, and copies all gradients. */
    private record GradientTaker(ClipModel model, Map<String, float[]> taken) implements ContrastiveStep.Learner {
        @Override
        public NDArray tokenRows(int[] rows, NDManager manager) {
            NDArray numbers = manager.create(rows);
            return model.tensors().get(TextTower.TOKEN_EMBEDDING).get(numbers);
        }

        @Override
        public void learn(Map<String, NDArray> gradients) {
            gradients.forEach((name, gradient) -> taken.put(name, gradient.toFloatArray()));
        }

        @Override
        public void learnTokenRows(int[] rows, NDArray gradient) {
            float[] some = gradient.toFloatArray();
            int width = some.length / rows.length;
            float[] all = new float
                    [(int) model.tensors().get(TextTower.TOKEN_EMBEDDING).size()];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(some, i * width, all, rows[i] * width, width);
            }
            taken.put(TextTower.TOKEN_EMBEDDING, all);
        }
    }

    private Map<String, float[]> gradients(Batch batch, int microBatch) {
        OperatorSettings settings = new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR);
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                Operators operators = Operators.compile(manager, settings)) {
            Map<String, float[]> gradients = new ConcurrentHashMap<>();
            try (ContrastiveStep step = new ContrastiveStep(
                    model, operators, Mask.gaussian(0.5, 0.2).on(SMALL.vision().grid()), 7, microBatch, manager)) {
                step.run(batch, 4, new GradientTaker(model, gradients));
            }
            assertEquals(model.tensors().keySet(), gradients.keySet());
            return gradients;
        }
    }

    @Test
    void logitScaleStaysAtMostOneHundred() throws Exception {
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(3, 8, 8, 5.0))) {
            List<Double> scales = new ArrayList<>();
            loop.run(batches(3, 8).iterator(), report -> scales.add(report.logitScale()));
            scales.forEach(scale -> assertTrue(scale >= 1 - 1e-6 && scale <= 100.001, "scale " + scale));
            assertTrue(
                    scales.stream().anyMatch(scale -> scale > 99.9 || scale < 1.001),
                    "the test's learning rate should reach a bound: " + scales);
        }
    }

    /**
     * The logit scale, a logarithm, after one step from a start; the first step of AdamW moves it by the learning rate.
     */
    private float logitScaleAfterAStep(double start, Batch batch, double learningRate) throws Exception {
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(1, batch.size(), batch.size(), learningRate))) {
            model.logitScale().set(new float[] {(float) start});
            loop.run(List.of(batch).iterator(), report -> assertEquals(learningRate / 2, report.learningRate()));
            return model.logitScale().toFloatArray()[0];
        }
    }

    @Test
    void aStepThatWouldRaiseTheLogitScaleAboveOneHundredEndsThereAndOneBelowIsLeftAlone() throws Exception {
        double bound = Math.log(100);
        double step = 0.001; // half of the learning rate, which is warmed up over two steps
        Batch rising = null;
        for (int seed = 0; seed < 100 && rising == null; seed++) {
            Batch pairs = batch(2, 0, seed); // a new model takes some two pairs for what they are, by chance
            if (logitScaleAfterAStep(bound - 2 * step, pairs, 2 * step) > bound - 2 * step) {
                rising = pairs;
            }
        }
        assertNotNull(rising, "none of a hundred batches raises the scale");
        assertEquals(bound - step, logitScaleAfterAStep(bound - 2 * step, rising, 2 * step), step / 10);
        assertEquals((float) bound, logitScaleAfterAStep(bound - step / 2, rising, 2 * step));
    }

    @Test
    void fusedAdamWEqualsItsFormula() {
        OperatorSettings settings = new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR);
        try (Operators operators = Operators.compile(manager, settings)) {
            OptimizerConfig config = new OptimizerConfig(0.1, 0.9, 0.98, 1e-6, 0.2, 0);
            NDArray matrix = manager.create(new float[][] {{1, -2}, {3, 0.5f}});
            NDArray bias = manager.create(new float[] {1, -2});
            Map<String, NDArray> parameters = new LinkedHashMap<>();
            parameters.put("matrix", matrix);
            parameters.put("bias", bias);
            double[] weights = {1, -2, 3, 0.5, 1, -2};
            double[] m = new double[6];
            double[] v = new double[6];
            try (AdamW adam = new AdamW(manager, operators, config, parameters)) {
                for (int step = 1; step <= 3; step++) {
                    // the gradient of the sum of squares is twice the weight
                    Map<String, NDArray> gradients = Map.of("matrix", matrix.mul(2), "bias", bias.mul(2));
                    for (int i = 0; i < 6; i++) {
                        double gradient = 2 * weights[i];
                        m[i] = 0.9 * m[i] + 0.1 * gradient;
                        v[i] = 0.98 * v[i] + 0.02 * gradient * gradient;
                        double decay = i < 4 ? 0.2 : 0; // matrices decay, biases do not
                        weights[i] -= 0.1 * decay * weights[i];
                        weights[i] -= 0.1
                                * (m[i] / (1 - Math.pow(0.9, step)))
                                / (Math.sqrt(v[i] / (1 - Math.pow(0.98, step))) + 1e-6);
                    }
                    adam.step(0.1, gradients);
                }
            }
            for (int i = 0; i < 6; i++) {
                float actual = i < 4 ? matrix.toFloatArray()[i] : bias.toFloatArray()[i - 4];
                assertEquals(weights[i], actual, 1e-4, "weight " + i);
            }
        }
    }

    @Test
    void interruptedRunLeavesACheckpointFromWhichItGoesOnToTheSameWeights(@TempDir Path folder) throws Exception {
        Map<String, float[]> straight;
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(6, 8, 8, 1e-3))) {
            loop.run(batches(6, 8).iterator(), report -> {});
            straight = copy(model);
        }
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(6, 8, 8, 1e-3))) {
            StageResult result = keep(loop, folder, batches(6, 8), report -> {
                if (report.step() == 3) {
                    Thread.currentThread().interrupt();
                }
            });
            assertTrue(Thread.interrupted(), "the flag is set again");
            assertTrue(result.interrupted());
            assertFalse(Files.exists(folder.resolve("model.safetensors")), "an unfinished run has no finished model");
        }
        Checkpoint checkpoint = Checkpoint.newest(folder).orElseThrow();
        assertEquals(3, checkpoint.step());
        assertEquals(24, checkpoint.position().sample());
        try (ClipModel model = org.glip.model.ModelFolder.load(checkpoint.folder(), manager);
                TrainingLoop loop = new TrainingLoop(model, config(6, 8, 8, 1e-3))) {
            loop.resume(checkpoint);
            keep(loop, folder, batches(6, 8).subList(3, 6), report -> {});
            copy(model).forEach((name, weights) -> assertArrayEquals(straight.get(name), weights, 1e-6f, name));
        }
        assertEquals(6, Files.readAllLines(folder.resolve("log.jsonl")).size());
    }

    @Test
    void aDamagedCheckpointIsRefusedByName(@TempDir Path folder) throws Exception {
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(2, 8, 8, 1e-3))) {
            keep(loop, folder, batches(2, 8), report -> {});
        }
        Checkpoint checkpoint = Checkpoint.newest(folder).orElseThrow();
        Path weights = checkpoint.folder().resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 5] ^= 1;
        Files.write(weights, bytes);
        Exception error = assertThrows(java.io.IOException.class, () -> Checkpoint.newest(folder));
        assertTrue(error.getMessage().contains("model.safetensors is damaged"), error.getMessage());
    }

    @Test
    void lossThatIsNotFiniteStopsTheRunAndSaysWhatToDo() {
        try (ClipModel model = ClipModel.create(SMALL, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(2, 8, 8, 1e-3))) {
            Batch bad = batch(8, 0, 1);
            bad.pixels().forEach(picture -> Arrays.fill(picture, Float.NaN));
            Exception error = assertThrows(
                    DivergedException.class, () -> loop.run(List.of(bad).iterator(), report -> {}));
            assertTrue(error.getMessage().contains("learning rate"), error.getMessage());
        }
    }
}
