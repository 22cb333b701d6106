package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.glip.data.BatchLoader;
import org.glip.data.ImageTextSample;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.engine.Torch;
import org.glip.eval.Embedder;
import org.glip.image.ImageTransform;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {
    private static final int STEPS = 4;
    private static final int BATCH = 4;
    private static final Provenance PROVENANCE = Provenance.here("test", "colours", Map.of("mask", "half"));

    private static SampleSource source;

    @TempDir
    Path folder;

    @BeforeAll
    static void paint() throws IOException {
        List<ImageTextSample> samples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = image.createGraphics();
            pen.setColor(new Color(20 * i, 255 - 20 * i, 128));
            pen.fillRect(0, 0, 16, 16);
            pen.dispose();
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            samples.add(new ImageTextSample("p" + i, png.toByteArray(), "colour " + i, new JsonObject(), "memory"));
        }
        source = SampleSource.inMemory(samples);
    }

    private static ClipConfig model(int imageSize) {
        return new ClipConfig(
                16,
                false,
                new ClipConfig.Vision(imageSize, 4, 16, 1, 8, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
                new ClipConfig.Text(12, 49408, 16, 2, 1, 4));
    }

    private static Pretraining.Builder stage(int imageSize) {
        return Pretraining.builder()
                .setModel(model(imageSize))
                .setConfig(StageConfig.builder()
                        .setSteps(STEPS)
                        .setBatchSize(BATCH)
                        .setMask(Mask.random(0.5))
                        .build());
    }

    private static StageResult run(Pretraining.Builder stage, int imageSize, Consumer<StepReport> listener)
            throws IOException {
        LoaderConfig loading = LoaderConfig.builder()
                .setBatchSize(BATCH)
                .setContextLength(12)
                .setTransform(ImageTransform.evaluation(imageSize))
                .build();
        return stage.build()
                .run(position -> new BatchLoader(source, ClipTokenizer.load(), loading, position), listener);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void keepsLogModelAndProvenanceAndTheCheckpointsOnlyIfAsked() throws IOException {
        Path plain = folder.resolve("plain");
        StageResult result = run(stage(16).optFolder(plain, PROVENANCE).optCheckpoints(false), 16, report -> {});
        assertEquals(STEPS, result.steps());
        assertEquals(List.of("config.json", "log.jsonl", "model.safetensors", "open_clip_config.json"), files(plain));
        assertEquals(Optional.of(PROVENANCE), Provenance.read(plain));
        assertEquals(
                List.of(1L, 2L, 3L, 4L),
                StageLog.read(plain).stream().map(StageLog.Line::step).toList());

        Path checked = folder.resolve("checked");
        run(stage(16).optFolder(checked, PROVENANCE), 16, report -> {});
        assertTrue(files(checked).contains("checkpoints"), "by default");
        Files.delete(checked.resolve("model.safetensors"));
        assertEquals(Optional.of(PROVENANCE), Provenance.read(checked), "from the checkpoint");
    }

    @Test
    void withoutAFolderNothingIsLeftAndTheStepsAreTheSame() throws IOException {
        List<Double> kept = new ArrayList<>();
        run(stage(16).optFolder(folder.resolve("kept"), PROVENANCE), 16, report -> kept.add(report.loss()));
        List<Double> unkept = new ArrayList<>();
        run(stage(16), 16, report -> unkept.add(report.loss()));
        assertEquals(kept, unkept);
        assertEquals(List.of("kept"), files(folder));
    }

    @Test
    void goesOnFromWeightsOfSmallerPictures() throws IOException {
        Path small = folder.resolve("small");
        run(stage(8).optFolder(small, PROVENANCE).optCheckpoints(false), 8, report -> {});
        Path large = folder.resolve("large");
        run(stage(16).optWeights(small).optFolder(large, PROVENANCE), 16, report -> {});
        try (NDManager manager = Torch.newManager();
                ClipModel loaded = ModelFolder.load(large, manager)) {
            assertEquals(model(16), loaded.config());
        }
    }

    @Test
    void positionWavesChangeTheStartOfNewWeightsAndOfNoOthers() throws IOException {
        List<Double> usual = new ArrayList<>();
        run(stage(16).optFolder(folder.resolve("usual"), PROVENANCE), 16, report -> usual.add(report.loss()));
        List<Double> waves = new ArrayList<>();
        run(stage(16).optPositionWaves(true), 16, report -> waves.add(report.loss()));
        assertNotEquals(usual.get(0), waves.get(0));

        Path weights = folder.resolve("usual");
        List<Double> tuned = new ArrayList<>();
        run(stage(16).optWeights(weights), 16, report -> tuned.add(report.loss()));
        List<Double> tunedWithWaves = new ArrayList<>();
        run(stage(16).optWeights(weights).optPositionWaves(true), 16, report -> tunedWithWaves.add(report.loss()));
        assertEquals(tuned, tunedWithWaves);
    }

    @Test
    void interruptedWithoutCheckpointsLeavesNoModel() throws IOException {
        StageResult result =
                run(stage(16).optFolder(folder.resolve("cut"), PROVENANCE).optCheckpoints(false), 16, report -> {
                    if (report.step() == 2) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertTrue(Thread.interrupted(), "the flag stays set");
        assertTrue(result.interrupted());
        assertEquals(2, result.steps());
        assertEquals(List.of("log.jsonl"), files(folder.resolve("cut")));
    }

    @Test
    void refusesAFolderThatHoldsARunAndNamesWhatItFound() throws IOException {
        Files.createDirectories(folder.resolve("checkpoints"));
        IOException error =
                assertThrows(IOException.class, () -> run(stage(16).optFolder(folder, PROVENANCE), 16, report -> {}));
        assertTrue(error.getMessage().contains("holds a run already (checkpoints)"), error.getMessage());
        assertThrows(NullPointerException.class, () -> Pretraining.builder().build());
    }

    @Test
    void weightsFromElsewhereHaveNoProvenanceAndDamagedOneIsNamed() throws IOException {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(model(16), 0, manager)) {
            ModelFolder.write(folder.resolve("foreign"), model, Map.of());
            assertEquals(Optional.empty(), Provenance.read(folder.resolve("foreign")));
            ModelFolder.write(folder.resolve("odd"), model, Map.of("provenance", "from a friend"));
        }
        IOException error = assertThrows(IOException.class, () -> Provenance.read(folder.resolve("odd")));
        assertTrue(error.getMessage().contains("odd") && error.getMessage().contains("damaged"), error.getMessage());
    }

    @Test
    void aLineOfTheLogThatIsDamagedIsNamed() throws IOException {
        Files.writeString(folder.resolve("log.jsonl"), "{\"step\":1,\"loss\":4.2}\n{\"step\":2}\n");
        IOException error = assertThrows(IOException.class, () -> StageLog.read(folder));
        assertTrue(error.getMessage().contains("line 2"), error.getMessage());
    }

    @Test
    void aModelRecordsItsPromptsAndTuningKeepsThem() throws IOException {
        PromptTemplates plain = PromptTemplates.of("{}");
        Path first = folder.resolve("first");
        run(stage(16).optFolder(first, PROVENANCE).optPrompts(plain), 16, report -> {});
        assertEquals(Optional.of(plain), ModelFolder.prompts(first));
        Files.delete(first.resolve("model.safetensors"));
        assertEquals(Optional.of(plain), ModelFolder.prompts(first), "of the checkpoint, from which a run goes on");

        Path tuned = folder.resolve("tuned");
        run(stage(16).optWeights(first).optFolder(tuned, PROVENANCE).optCheckpoints(false), 16, report -> {});
        assertEquals(Optional.of(plain), ModelFolder.prompts(tuned));
        Path other = folder.resolve("other");
        PromptTemplates photo = PromptTemplates.photo();
        run(stage(16).optWeights(tuned).optFolder(other, PROVENANCE).optPrompts(photo), 16, report -> {});
        assertEquals(Optional.of(photo), ModelFolder.prompts(other));
    }

    @Test
    void anInterruptedStageKeepsItsPromptsWhenItGoesOn() throws IOException {
        Path stopped = folder.resolve("stopped");
        PromptTemplates plain = PromptTemplates.of("{}");
        run(stage(16).optFolder(stopped, PROVENANCE).optPrompts(plain), 16, report -> {
            if (report.step() == 2) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(Thread.interrupted());
        run(stage(16).optFolder(stopped, PROVENANCE).optResume(true), 16, report -> {});
        assertEquals(Optional.of(plain), ModelFolder.prompts(stopped));
        assertTrue(Files.exists(stopped.resolve("model.safetensors")));
    }

    @Test
    void aModelWrittenWithoutPromptsLeavesNoneOfTheOneBefore() throws IOException {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(model(16), 0, manager)) {
            ModelFolder.write(folder, model, PromptTemplates.of("{}"), Map.of());
            ModelFolder.write(folder, model, Map.of());
        }
        assertEquals(Optional.empty(), ModelFolder.prompts(folder));
    }

    /** Embeds pictures and texts as an evaluation does, so that it would leave traces if there were any. */
    private static Map<String, Double> look(ClipModel model) {
        LoaderConfig loading = LoaderConfig.builder()
                .setBatchSize(5)
                .setContextLength(12)
                .setTransform(ImageTransform.evaluation(16))
                .build();
        Embedder embedder = new Embedder(model, ClipTokenizer.load());
        try (BatchLoader loader = BatchLoader.singleEpoch(source, ClipTokenizer.load(), loading)) {
            float[] pictures = embedder.images(loader).images().values();
            float[] texts = embedder.texts(List.of("colour", "two words", "a longer text than the captions"))
                    .values();
            return Map.of("first picture", (double) pictures[0], "first text", (double) texts[0]);
        }
    }

    private static void assertSameTensors(Path first, Path second, String file) throws IOException {
        assertEquals(-1, Files.mismatch(first.resolve(file), second.resolve(file)), file);
    }

    @Test
    void aValidationSeesTheModelAsTheStepsMadeItAndChangesNoBitOfTheTraining() throws IOException {
        List<Double> plain = new ArrayList<>();
        run(stage(16).optFolder(folder.resolve("plain"), PROVENANCE), 16, report -> plain.add(report.loss()));
        List<StepReport> looked = new ArrayList<>();
        Path validated = folder.resolve("validated");
        run(stage(16).optFolder(validated, PROVENANCE).optValidation(3, PretrainingTest::look), 16, looked::add);

        assertEquals(plain, looked.stream().map(StepReport::loss).toList());
        assertSameTensors(folder.resolve("plain"), validated, "model.safetensors");
        Path before = Checkpoint.newest(folder.resolve("plain")).orElseThrow().folder();
        Path after = Checkpoint.newest(validated).orElseThrow().folder();
        assertSameTensors(before, after, "optimizer.safetensors");
        assertEquals(
                List.of(false, false, true, true),
                looked.stream().map(report -> report.validation().isPresent()).toList(),
                "after every third step, and after the last one");
        ValidationReport last = looked.get(3).validation().orElseThrow();
        assertEquals(STEPS * BATCH, last.samples());
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(validated, manager)) {
            assertEquals(look(model), last.figures());
        }
        assertEquals(
                looked.stream().map(StepReport::validation).toList(),
                StageLog.read(validated).stream().map(StageLog.Line::validation).toList());
    }

    @Test
    void theTimeOfAValidationCountsInNoFigure() throws IOException {
        List<StepReport> reports = new ArrayList<>();
        List<Long> waits = new ArrayList<>();
        Validation slow = model -> {
            long begin = System.nanoTime();
            LockSupport.parkNanos(20_000_000);
            waits.add(System.nanoTime() - begin);
            return Map.of("top-1", 0.5);
        };
        long begin = System.nanoTime();
        StageResult result = run(stage(16).optValidation(1, slow), 16, reports::add);
        double wall = (System.nanoTime() - begin) / 1e9;

        double waited = waits.stream().mapToLong(Long::longValue).sum() / 1e9;
        assertTrue(result.seconds() <= wall - waited, result.seconds() + " of " + wall + " less " + waited);
        StepReport last = reports.get(STEPS - 1);
        double beforeTheLast = waited - waits.get(STEPS - 1) / 1e9;
        assertTrue(last.samplesPerSecond() >= STEPS * BATCH / (wall - beforeTheLast));
        assertTrue(last.validation().orElseThrow().seconds() <= result.seconds());
    }

    @Test
    void whatIsLeftIncludesTheValidationsThatAreDue() throws IOException {
        ValidationTimes times = new ValidationTimes(3, model -> {
            LockSupport.parkNanos(20_000_000);
            return Map.of();
        });
        assertEquals(0, times.secondsLeft(0, 10), "nothing is known yet");
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(model(16), 1, manager)) {
            times.measure(model);
            times.measure(model);
        }
        double each = times.nanos() / 2e9;
        assertEquals(4 * each, times.secondsLeft(1, 10), 1e-9, "after 3, 6, 9 and 10");
        assertEquals(2 * each, times.secondsLeft(6, 10), 1e-9);
        assertEquals(each, times.secondsLeft(9, 10), 1e-9);
        assertEquals(0, times.secondsLeft(10, 10));
        assertEquals(each, times.secondsLeft(6, 9), 1e-9);
        assertEquals(0, ValidationTimes.never().secondsLeft(1, 10));
    }

    @Test
    void aValidationThatIsInterruptedEndsTheStageAsBetweenSteps() throws IOException {
        StageResult result = run(
                stage(16).optFolder(folder, PROVENANCE).optValidation(2, model -> {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("interrupted");
                }),
                16,
                report -> assertEquals(Optional.empty(), report.validation()));
        assertTrue(Thread.interrupted());
        assertTrue(result.interrupted());
        assertEquals(2, result.steps());
        assertTrue(Files.exists(folder.resolve("checkpoints")));
    }

    @Test
    void aValidationNeedsSteps() {
        assertThrows(IllegalArgumentException.class, () -> Pretraining.builder().optValidation(0, model -> Map.of()));
    }
}
