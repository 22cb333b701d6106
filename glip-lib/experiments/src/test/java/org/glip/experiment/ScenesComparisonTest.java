package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.model.ModelFolder;
import org.glip.results.MethodName;
import org.glip.results.ResultFile;
import org.glip.results.ResultFileException;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.results.TestName;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesProgress;
import org.glip.stats.Hits;
import org.glip.stats.PairedComparison;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenesComparisonTest {
    private static final Method GLIP = Method.glip(0.75, 0.2);
    private static final RunProgress NOTHING_TO_TRAIN = (stage, report) -> {
        throw new IllegalStateException("trains again");
    };
    private static final RunProgress UNWATCHED = (stage, report) -> {};

    /** Its runs are done once and shared by the tests that only read. */
    @TempDir
    static Path shared;

    @TempDir
    Path own;

    private static Scenes scenes;
    private static RunResult glip;

    @BeforeAll
    static void trainOnce() throws Exception {
        ScenesConfig config = ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(64);
        scenes = Scenes.openMini(shared, config, ScenesProgress.NONE);
        glip = runs(shared, 64).result(GLIP, 3, UNWATCHED);
    }

    private static Comparison runs(Path folder, int samples) {
        return new Comparison(
                Benchmark.of(scenes),
                Plan.ofSamples(samples, Precision.FP32),
                folder.resolve("results"),
                folder.resolve("models"),
                "test");
    }

    private static Path models(Path folder) {
        return folder.resolve("models").resolve("centred-GLIP-75-sigma0.2-samples64-seed3");
    }

    /** The shared run's models under another folder, to be spoilt. */
    private Path copyOfModels() throws IOException {
        try (Stream<Path> files = Files.walk(models(shared))) {
            for (Path file : files.toList()) {
                Path copy = models(own).resolve(models(shared).relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return models(own);
    }

    private static Map<String, Double> figures(RunResult result) {
        Map<String, Double> figures = new LinkedHashMap<>(result.metrics());
        figures.keySet().removeIf(name -> name.contains("second"));
        return figures;
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    @Test
    void sameSeedGivesTheSameFiguresAndAnotherSeedOthers() throws Exception {
        RunResult again = runs(own, 64).result(GLIP, 3, UNWATCHED);
        RunResult other = runs(own, 64).result(GLIP, 4, UNWATCHED);
        assertEquals(figures(glip), figures(again));
        assertEquals(glip.hits(), again.hits());
        assertNotEquals(glip.metrics().get("training loss"), other.metrics().get("training loss"));
    }

    @Test
    void resultHasEveryFigureAndTheHitsBehindIt() {
        for (String name : List.of("masked", "unmasked", "tuned", "unseen style", "group", "subgroup")) {
            for (String metric : List.of("top-1", "top-5", "mean per-class recall")) {
                assertTrue(glip.metrics().containsKey(name + " " + metric), name + " " + metric);
            }
        }
        for (String other : List.of("loose", "uniform", "full-frame", "mosaic", "landscapes")) {
            assertTrue(glip.metrics().containsKey("robust " + other + " top-1"), other);
        }
        assertFalse(glip.metrics().containsKey("robust centred top-1"));
        assertEquals(17.0, glip.metrics().get("image tokens"));
        glip.hits().forEach((name, hits) -> assertEquals(glip.metrics().get(name + " top-1"), hits.share(), name));
        assertEquals(3, glip.hits().size());
    }

    @Test
    void finishedRunIsReadNotRepeated() throws Exception {
        RunResult read = runs(shared, 64).result(GLIP, 3, NOTHING_TO_TRAIN);
        assertEquals(glip, read);
        assertEquals(Optional.empty(), runs(own, 64).finished(GLIP, 3));
        PairedComparison self =
                PairedComparison.of(read.hits().get("tuned"), glip.hits().get("tuned"));
        assertEquals(0, self.onlyFirst() + self.onlySecond());
    }

    @Test
    void modelsAreEvaluatedAgainWithoutTraining() throws Exception {
        copyOfModels();
        RunResult again = runs(own, 64).result(GLIP, 3, NOTHING_TO_TRAIN);
        assertEquals(figures(glip), figures(again));
        assertEquals(glip.metrics().get("training seconds"), again.metrics().get("training seconds"));
        Outcome outcome = runs(shared, 64).outcome(GLIP, 3, NOTHING_TO_TRAIN);
        assertEquals(
                glip.hits().get("tuned"),
                Hits.of(outcome.predictions(TestName.TUNED).classified()));
        Predictions style = outcome.predictions(TestName.UNSEEN_STYLE);
        assertEquals(style.keys().size(), style.classified().count());
        assertEquals(8, outcome.models().lossCurve("GLIP").steps().length);
    }

    @Test
    void reclipTrainsOnSmallPicturesAndIsTestedAtFullSize() throws Exception {
        Comparison runs = runs(own, 64);
        RunResult reclip = runs.result(Method.reclip(32), 0, UNWATCHED);
        assertEquals(17.0, reclip.metrics().get("image tokens"));
        assertEquals("32 px", reclip.settings().text("masking"));
        assertTrue(reclip.metrics().keySet().stream().noneMatch(name -> name.startsWith("masked")));
        Path models = own.resolve("models/centred-RECLIP-32px-samples64-seed0");
        assertEquals(
                32, ModelFolder.config(models.resolve("pretrained")).vision().imageSize());
        assertEquals(64, ModelFolder.config(models.resolve("tuned")).vision().imageSize());
        assertEquals(reclip, runs.result(Method.reclip(32), 0, NOTHING_TO_TRAIN));
    }

    @Test
    void everyRunHasAFileOfItsOwn() {
        List<Method> methods = List.of(
                Method.clip(),
                Method.reclip(16),
                Method.reclip(32),
                Method.flip(0.5),
                Method.flip(0.918),
                Method.glip(0.5, 0.05),
                Method.glip(0.5, 0.1),
                Method.glip(0.75, 0.1));
        long names = methods.stream()
                .flatMap(method -> Stream.of(64, 128)
                        .flatMap(samples ->
                                Stream.of(0, 1).map(seed -> runs(own, samples).file(method, seed))))
                .distinct()
                .count();
        assertEquals(methods.size() * 4L, names);
        assertEquals(
                "centred-FLIP-91.8-samples64-seed1.json",
                runs(own, 64).file(Method.flip(0.918), 1).getFileName().toString());
    }

    /** The data themselves are only where the packages were fetched, so they are not compared here. */
    @Test
    void publishedResultsOfTheNotebookCountAsTheseRuns() throws Exception {
        Path published = Path.of("../../notebooks/results/01-pretraining");
        for (RunResult result : ResultFile.readFolder(published)) {
            ScenesPreset preset = ScenesPreset.parse(result.settings().labels().get("preset"));
            Method method = result.settings().isOf(MethodName.GLIP) ? GLIP : Method.flip(0.75);
            Run run = new Run(
                    Benchmark.of(scenes.forTesting(preset, ScenesProgress.NONE)),
                    Plan.ofSamples(preset == ScenesPreset.CENTRED ? 120_000 : 60_000, Precision.BF16),
                    method,
                    result.settings().seed());
            assertTrue(Files.exists(published.resolve(run.id() + ".json")), run.id());
            assertEquals(result.settings(), run.settings());
            assertEquals(result.provenance().configuration(), run.configuration());
        }
    }

    private static Method methodOf(RunSettings settings) {
        Mask mask = settings.mask();
        return switch (MethodName.valueOf(settings.method())) {
            case CLIP -> Method.clip();
            case RECLIP ->
                Method.reclip(
                        Integer.parseInt(settings.text(RunSettings.MASKING).replace(" px", "")));
            case FLIP -> Method.flip(mask.ratio());
            case GLIP -> Method.glip(mask.ratio(), ((Mask.Gaussian) mask).sigma());
        };
    }

    private static final Plan OF_TABLES = Plan.forScenes(64_000, Precision.FP32);

    private static Run committed(RunResult result) throws IOException {
        ScenesPreset preset = ScenesPreset.parse(result.settings().text(RunSettings.PRESET));
        return new Run(
                Benchmark.of(scenes.forTesting(preset, ScenesProgress.NONE)),
                OF_TABLES,
                methodOf(result.settings()),
                result.settings().seed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"02-sigma-sweep", "03-benchmark-tables"})
    void committedResultsOfTheOtherNotebooksCountToo(String notebook) throws Exception {
        Path folder = Path.of("../../notebooks/results").resolve(notebook);
        for (RunResult result : ResultFile.readFolder(folder)) {
            Run run = committed(result);
            assertTrue(Files.exists(folder.resolve(run.id() + ".json")), run.id());
            assertEquals(result.settings(), run.settings());
            assertEquals(result.provenance().configuration(), run.configuration());
        }
    }

    @Test
    void committedFurtherEvaluationsCountToo() throws Exception {
        Path folder = Path.of("../../notebooks/results/03-benchmark-tables");
        for (FurtherEvaluation evaluation : List.of(new KindProbe(4_000), new KindFineTuning(4_000, 1, 1e-3, 0.75))) {
            for (RunResult result : ResultFile.readFolder(folder.resolve(evaluation.id()))) {
                Run run = committed(result);
                assertTrue(Files.exists(folder.resolve(evaluation.id()).resolve(run.id() + ".json")), run.id());
                assertEquals(result.provenance().configuration(), Comparison.configuration(evaluation, run));
            }
        }
    }

    @Test
    void resultFileOfAnotherSeedIsNamed() throws Exception {
        Comparison runs = runs(own, 64);
        Files.createDirectories(own.resolve("results"));
        ResultFile.write(runs.file(GLIP, 4), glip);
        ResultFileException e = assertThrows(ResultFileException.class, () -> runs.result(GLIP, 4, NOTHING_TO_TRAIN));
        assertTrue(e.getMessage().contains("seed4.json") && e.getMessage().contains("its seed is 3"), e.getMessage());
    }

    @Test
    void modelsOfAnotherConfigurationAreNotTaken() throws Exception {
        copyOfModels();
        SamplePlan usual = Plan.ofSamples(64, Precision.FP32);
        SamplePlan other = new SamplePlan(
                usual.model(),
                usual.samples(),
                usual.tuningSamples(),
                usual.batchSize(),
                5e-4,
                usual.tuningLearningRate(),
                usual.weightDecay(),
                usual.positionWaves(),
                usual.precision(),
                usual.workers());
        Comparison runs =
                new Comparison(Benchmark.of(scenes), other, own.resolve("results"), own.resolve("models"), "test");
        ResultFileException e = assertThrows(ResultFileException.class, () -> runs.result(GLIP, 3, NOTHING_TO_TRAIN));
        assertTrue(e.getMessage().contains("learning rate=5.0E-4"), e.getMessage());
        assertFalse(Files.exists(own.resolve("results")));
    }

    @Test
    void damagedModelIsNamedWithAWayOut() throws Exception {
        Path weights = copyOfModels().resolve("tuned").resolve(ModelFolder.WEIGHTS);
        try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        IOException e = assertThrows(IOException.class, () -> runs(own, 64).result(GLIP, 3, NOTHING_TO_TRAIN));
        assertTrue(
                e.getMessage().contains(weights.toString()) && e.getMessage().contains("delete " + models(own)),
                e.getMessage());
        assertFalse(Files.exists(own.resolve("results")));
    }

    @Test
    void folderWithoutAFinishedTrainingIsNotTaken() throws Exception {
        Files.delete(copyOfModels().resolve("training.json"));
        IOException e = assertThrows(IOException.class, () -> runs(own, 64).result(GLIP, 3, NOTHING_TO_TRAIN));
        assertTrue(e.getMessage().contains("no finished training"), e.getMessage());
    }

    @Test
    void fromANotebooksCallToTheStepAreFiveCalls() throws Exception {
        List<String> calls = new ArrayList<>();
        runs(own, 64).result(GLIP, 3, (stage, report) -> {
            if (calls.isEmpty()) {
                calls.addAll(StackWalker.getInstance()
                        .walk(frames -> frames.map(frame ->
                                        frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName())
                                .filter(call -> !call.contains("lambda"))
                                .takeWhile(call -> !call.contains("ComparisonTest"))
                                .toList()));
            }
        });
        // the progress is told by the loop, whose next call is the step: ContrastiveStep.run
        assertEquals(List.of("TrainingLoop.run", "Pretraining.run", "RunTraining.train", "Comparison.result"), calls);
    }

    @Test
    void aTestThatARunDoesNotHaveIsNamed() throws Exception {
        Outcome outcome = runs(shared, 64).outcome(GLIP, 3, NOTHING_TO_TRAIN);
        var error = assertThrows(IllegalArgumentException.class, () -> outcome.predictions(TestName.robust("loose")));
        assertTrue(error.getMessage().contains("\"robust loose\""), error.getMessage());
    }

    private void interruptAt(Stage stage, long step) {
        assertThrows(
                CancellationException.class,
                () -> runs(own, 64).result(GLIP, 3, (now, report) -> {
                    if (now == stage && report.step() == step) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertTrue(Thread.interrupted(), "the flag stays set for the caller");
        assertFalse(Files.exists(own.resolve("results")), stage.toString());
    }

    @Test
    void interruptLeavesNothingHalfWritten() throws Exception {
        interruptAt(Stage.PRETRAINING, 2);
        assertEquals(0, entries(own.resolve("models")), "in the middle of the pre-training");
        interruptAt(Stage.PRETRAINING, 8);
        assertEquals(0, entries(own.resolve("models")), "between the stages");
    }

    @Test
    void seriesGoesOnWhereItWasInterrupted() throws Exception {
        interruptAt(Stage.TUNING, 1);
        assertEquals(1, entries(own.resolve("models")), "the last step was done, and so was the training");
        RunResult result = runs(own, 64).result(GLIP, 3, NOTHING_TO_TRAIN);
        assertEquals(figures(glip), figures(result));
        assertEquals(result, runs(own, 64).result(GLIP, 3, NOTHING_TO_TRAIN));
    }

    @Test
    void picturesOfTheWrongSizeAreRefusedBeforeAnythingIsDone() {
        for (int size : new int[] {64, 128, 20}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> runs(own, 64).result(Method.reclip(size), 0, NOTHING_TO_TRAIN),
                    "size " + size);
        }
        assertThrows(IllegalArgumentException.class, () -> Method.reclip(0));
    }

    @Test
    void modelsOfScenesRecordThatTheirCaptionsAreBareLabels() throws Exception {
        for (Stage stage : Stage.values()) {
            assertEquals(
                    Optional.of(PromptTemplates.of("{}")), ModelFolder.prompts(stage.in(models(shared))), stage.name());
        }
    }
}
