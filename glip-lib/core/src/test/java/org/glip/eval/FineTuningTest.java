package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.glip.data.Batch;
import org.glip.data.StreamPosition;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.text.ClipTokenizer;
import org.glip.train.FineTuner;
import org.glip.train.OptimizerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fine-tuning, and embedding by an ensemble of masks, on pictures of three colours. */
class FineTuningTest {
    private static final ClipConfig SMALL = new ClipConfig(
            16,
            false,
            new ClipConfig.Vision(16, 4, 16, 2, 8, 2, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
            new ClipConfig.Text(8, 49408, 16, 2, 1, 2));
    private static final List<String> NAMES = List.of("red", "green", "blue");
    private static final ClassLabels CLASSES = new ClassLabels(NAMES, "label");
    private static final int PIXELS = 256;

    private NDManager manager;
    private ClipModel model;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
        model = ClipModel.create(SMALL, 1, manager);
    }

    @AfterEach
    void close() {
        model.close();
        manager.close();
    }

    private static Batch batch(int size, long first) {
        SplittableRandom random = new SplittableRandom(first);
        List<float[]> pixels = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<JsonObject> metadata = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int colour = (int) ((first + i) % 3);
            float[] picture = new float[3 * PIXELS];
            for (int p = 0; p < picture.length; p++) {
                picture[p] = (float) ((p / PIXELS == colour ? 1 : 0) + 0.5 * random.nextGaussian());
            }
            pixels.add(picture);
            keys.add("s" + (first + i));
            JsonObject label = new JsonObject();
            label.addProperty("label", NAMES.get(colour));
            metadata.add(label);
        }
        return new Batch(
                first,
                size,
                16,
                pixels,
                List.of(),
                keys,
                keys,
                metadata,
                0,
                new StreamPosition(0, first + size, first + size));
    }

    private static List<Batch> batches(int count) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(12, 12L * i));
        }
        return batches;
    }

    private static FineTuner tuner(long steps, double rate, double layerDecay) {
        return new FineTuner(steps, new OptimizerConfig(rate, 0.9, 0.999, 1e-8, 0.05, 1), layerDecay);
    }

    private ClassificationResult tune(FineTuner tuner, List<Double> losses) {
        return new FineTuning(tuner, CLASSES)
                .run(
                        model,
                        new Embedder(model, ClipTokenizer.load()),
                        null,
                        batches((int) tuner.steps()).iterator(),
                        List.of(batch(30, 100_000)).iterator(),
                        report -> losses.add(report.loss()));
    }

    @Test
    void learnsTheClasses() {
        List<Double> losses = new ArrayList<>();
        ClassificationResult result = tune(tuner(40, 3e-3, 0.75), losses);
        assertEquals(Math.log(3), losses.get(0), 1e-6, "a head of zeros finds all classes equal");
        assertTrue(losses.get(39) < 0.3, losses.toString());
        assertTrue(result.top1() > 0.9, "top-1 " + result.top1());
    }

    private static Map<String, float[]> copy(ClipModel model) {
        Map<String, float[]> copy = new LinkedHashMap<>();
        model.tensors().forEach((name, tensor) -> copy.put(name, tensor.toFloatArray()));
        return copy;
    }

    private static double moved(float[] before, float[] after) {
        double largest = 0;
        for (int i = 0; i < before.length; i++) {
            largest = Math.max(largest, Math.abs(before[i] - after[i]));
        }
        return largest;
    }

    @Test
    void lowerLayersMoveLessAndTheTextTowerNotAtAll() {
        Map<String, float[]> before = copy(model);
        // without decay, Adam's second step moves a weight by about the learning rate, whatever the gradient; the first
        // step of a head
        // of zeros gives the tower none
        FineTuner undecayed = new FineTuner(2, new OptimizerConfig(1e-3, 0, 0, 1e-30, 0, 0), 0.5);
        tune(undecayed, new ArrayList<>());
        Map<String, float[]> after = copy(model);
        double top = moved(before.get("visual.proj"), after.get("visual.proj"));
        assertTrue(top > 0);
        for (Map.Entry<String, Integer> layer : Map.of(
                        "visual.ln_post.bias", 0,
                        "visual.transformer.resblocks.1.mlp.c_fc.weight", 1,
                        "visual.transformer.resblocks.0.mlp.c_fc.weight", 2,
                        "visual.conv1.weight", 3,
                        "visual.ln_pre.bias", 3)
                .entrySet()) {
            double expected = top * Math.pow(0.5, layer.getValue());
            double actual = moved(before.get(layer.getKey()), after.get(layer.getKey()));
            assertEquals(expected, actual, 0.01 * expected, layer.getKey());
        }
        before.forEach((name, values) ->
                assertEquals(!name.startsWith("visual."), Arrays.equals(values, after.get(name)), name));
    }

    @Test
    void beginsAtTheZeroShotClassifier() {
        Embedder embedder = new Embedder(model, ClipTokenizer.load());
        ZeroShotClassifier texts =
                ZeroShotClassifier.fromPrompts(NAMES, name -> List.of("a " + name + " picture"), embedder::texts);
        Batch test = batch(30, 7);
        EmbeddedSet before = embedder.images(List.of(test).iterator());
        ClassificationResult zeroShot = texts.classify(before.images(), before.labels(NAMES, "label"));
        ClassificationResult tuned = new FineTuning(tuner(1, 1e-12, 1), CLASSES)
                .run(
                        model,
                        embedder,
                        texts,
                        batches(1).iterator(),
                        List.of(test).iterator(),
                        report -> {});
        for (int i = 0; i < 30; i++) {
            assertArrayEquals(zeroShot.predictions(i), tuned.predictions(i), "picture " + i);
        }
    }

    @Test
    void interruptEndsTheTraining() {
        List<Double> losses = new ArrayList<>();
        FineTuning tuning = new FineTuning(tuner(5, 1e-3, 1), CLASSES);
        assertThrows(
                CancellationException.class,
                () -> tuning.run(
                        model,
                        new Embedder(model, ClipTokenizer.load()),
                        null,
                        batches(5).iterator(),
                        Collections.emptyIterator(),
                        report -> {
                            losses.add(report.loss());
                            Thread.currentThread().interrupt();
                        }));
        assertTrue(Thread.interrupted(), "the flag stays set");
        assertEquals(1, losses.size());
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> tuner(0, 1e-3, 1));
        assertThrows(IllegalArgumentException.class, () -> tuner(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> tuner(1, 1e-3, 1.1));
        assertThrows(IllegalArgumentException.class, () -> tuner(1, 1e-3, 0));
    }

    @Test
    void ensembleIsTheDirectionOfTheMeanOfItsDraws() {
        Embedder embedder = new Embedder(model, ClipTokenizer.load());
        Mask mask = Mask.random(0.75);
        List<Batch> test = List.of(batch(4, 50), batch(3, 54));
        Features one = embedder.images(test.iterator(), mask, 9, 1).images();
        Features single = embedder.images(test.iterator(), mask, 9).images();
        Features two = embedder.images(test.iterator(), mask, 9, 2).images();
        Features four = embedder.images(test.iterator(), mask, 9, 4).images();
        assertArrayEquals(single.values(), one.values());
        Features unmasked = embedder.images(test.iterator()).images();
        assertTrue(cosine(unmasked, four) > cosine(unmasked, one), "more views see more of the picture");
        assertFalse(Arrays.equals(one.values(), two.values()), "the second draw is another");
    }

    private static double cosine(Features a, Features b) {
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            sum += a.values()[i] * b.values()[i];
        }
        return sum / a.count();
    }

    @Test
    void refusesSeveralDrawsOfNoMask() {
        Embedder embedder = new Embedder(model, ClipTokenizer.load());
        List<Batch> test = List.of(batch(2, 0));
        assertThrows(IllegalArgumentException.class, () -> embedder.images(test.iterator(), Mask.none(), 0, 2));
        assertThrows(IllegalArgumentException.class, () -> embedder.images(test.iterator(), Mask.random(0.5), 0, 0));
    }
}
