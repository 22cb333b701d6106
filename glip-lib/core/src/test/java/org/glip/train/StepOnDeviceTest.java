package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.data.Batch;
import org.glip.data.SyntheticPairs;
import org.glip.engine.Precision;
import org.glip.engine.ProcessGroup;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.text.ClipTokenizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training as it is on a GPU, on the CPU: the loss is read when all is queued, what must not be learned is kept out by
 * the optimiser's kernel, and all rows of the token embedding take part.
 */
class StepOnDeviceTest {
    private static final int BATCH = 6;
    private static final ClipConfig SMALL = new ClipConfig(
            16,
            false,
            new ClipConfig.Vision(32, 8, 32, 2, 16, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
            new ClipConfig.Text(12, 49408, 32, 2, 2, 4));

    /** Too large to train in pieces, as models on a GPU never do. */
    private static final ClipConfig WIDE = new ClipConfig(
            16,
            false,
            new ClipConfig.Vision(32, 8, 384, 2, 64, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
            new ClipConfig.Text(12, 49408, 128, 2, 3, 4));

    private final NDManager manager = Torch.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private static StageConfig config(int steps, int microBatch) {
        OptimizerConfig optimizer = OptimizerConfig.builder()
                .optLearningRate(1e-2)
                .optWarmupSteps(2)
                .build();
        return new StageConfig(steps, BATCH, microBatch, optimizer, Mask.gaussian(0.5, 0.2), Precision.FP32, 7, 0);
    }

    private static SyntheticPairs pairs(ClipConfig model) {
        return SyntheticPairs.builder()
                .setTokenizer(ClipTokenizer.load())
                .setBatchSize(BATCH)
                .setImageSize(model.vision().imageSize())
                .setContextLength(model.text().contextLength())
                .optWords(1, 8)
                .optSeed(3)
                .build();
    }

    private record Trained(List<StepReport> reports, Map<String, float[]> state) {}

    private static Map<String, float[]> state(TrainingLoop loop) {
        Map<String, NDArray> all = new LinkedHashMap<>(loop.model().tensors());
        all.putAll(loop.optimizerState());
        Map<String, float[]> copy = new LinkedHashMap<>();
        all.forEach((name, tensor) -> copy.put(name, tensor.toFloatArray()));
        return copy;
    }

    private Trained train(ClipConfig config, int microBatch, boolean asOnGpu) throws IOException {
        List<StepReport> reports = new ArrayList<>();
        try (ClipModel model = ClipModel.create(config, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(5, microBatch), ProcessGroup.alone(), asOnGpu)) {
            loop.run(pairs(config), reports::add);
            return new Trained(reports, state(loop));
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 6", "false, 4", "true, 6", "true, 4"})
    void itIsTheSameTrainingToTheLastBit(boolean isWide, int microBatch) throws IOException {
        ClipConfig config = isWide ? WIDE : SMALL;
        Trained plain = train(config, microBatch, false);
        Trained onGpu = train(config, microBatch, true);
        for (int step = 0; step < plain.reports.size(); step++) {
            StepReport expected = plain.reports.get(step);
            assertEquals(expected.loss(), onGpu.reports.get(step).loss());
            assertEquals(expected.logitScale(), onGpu.reports.get(step).logitScale());
        }
        assertEquals(plain.state.keySet(), onGpu.state.keySet());
        plain.state.forEach((name, numbers) -> assertArrayEquals(numbers, onGpu.state.get(name), name));
    }

    /** Some batches, and then one whose pictures hold no numbers. */
    private static Iterator<Batch> damagedAfter(int sound, Iterator<Batch> batches) {
        List<Batch> all = new ArrayList<>();
        for (int i = 0; i <= sound; i++) {
            all.add(batches.next());
        }
        Batch last = all.get(sound);
        float[] nothing = new float[last.pixels().get(0).length];
        Arrays.fill(nothing, Float.NaN);
        all.set(
                sound,
                new Batch(
                        last.firstSampleIndex(),
                        last.size(),
                        last.imageSize(),
                        Collections.nCopies(last.size(), nothing),
                        last.tokens(),
                        last.keys(),
                        last.captions(),
                        last.metadata(),
                        last.epoch(),
                        last.end()));
        return all.iterator();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLossThatIsNoNumberLeavesTheStateOfTheStepBefore(boolean asOnGpu) throws IOException {
        try (ClipModel model = ClipModel.create(WIDE, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(5, BATCH), ProcessGroup.alone(), asOnGpu)) {
            List<Map<String, float[]>> states = new ArrayList<>();
            String told = assertThrows(
                            DivergedException.class,
                            () -> loop.run(damagedAfter(2, pairs(WIDE)), report -> states.add(state(loop))))
                    .getMessage();
            assertTrue(told.contains("the loss is NaN at step 3"), told);
            assertEquals(2, loop.step());
            assertTrue(loop.isBetweenSteps(), "so that a checkpoint can be written");
            Map<String, float[]> last = states.get(1);
            state(loop).forEach((name, numbers) -> assertArrayEquals(last.get(name), numbers, name));
            assertFalse(Arrays.equals(
                    states.get(0).get("visual.proj"), last.get("visual.proj"))); // the test's steps do learn
        }
    }

    /**
     * What a step reads within the engine, by the engine's profiler: the sizes of groups of captions (four for each
     * group and text block), which lie on the host, and how many rows the embedding has; and the CPU's kernel of AdamW
     * reads its count of steps for each tensor, as the GPU's does not. From a GPU, each reading more would be a wait.
     */
    @Test
    void withinAStepNothingIsReadButSizes(@TempDir Path folder) throws IOException {
        Map<String, Integer> calls = new HashMap<>();
        Path trace = folder.resolve("trace.json");
        int tensors;
        try (ClipModel model = ClipModel.create(WIDE, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config(3, BATCH), ProcessGroup.alone(), true)) {
            tensors = model.tensors().size();
            loop.run(pairs(WIDE), report -> {
                if (report.step() == 2) {
                    JniUtils.startProfile(false, false, false);
                } else if (report.step() == 3) {
                    JniUtils.stopProfile(trace.toString());
                }
            });
        }
        for (JsonElement event : JsonParser.parseString(Files.readString(trace)).getAsJsonArray()) {
            calls.merge(event.getAsJsonObject().get("name").getAsString(), 1, Integer::sum);
        }
        int groups = 1; // of six captions
        assertEquals(
                4 * groups * WIDE.text().layers() + 1 + tensors,
                calls.get("aten::_local_scalar_dense"),
                calls.toString());
        assertEquals(WIDE.vision().layers() + WIDE.text().layers(), attentions(calls), calls.toString());
    }

    private static int attentions(Map<String, Integer> calls) {
        return calls.getOrDefault("aten::scaled_dot_product_attention", 0);
    }
}
