package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.results.ComparableRuns;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesProgress;
import org.glip.sets.SetFixtures;
import org.glip.sets.SetsFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardComparisonTest {
    private static final RunProgress UNWATCHED = (stage, report) -> {};

    @TempDir
    static Path shared;

    @TempDir
    Path own;

    private static List<String> shards;

    @BeforeAll
    static void makeShardsAndSets() throws Exception {
        Scenes scenes = Scenes.openMini(
                shared, ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(96), ScenesProgress.NONE);
        shards = scenes.train().stream().map(Path::toString).toList();
        Path sets = shared.resolve("sets");
        for (int i = 0; i < 6; i++) {
            SetFixtures.picture(sets.resolve("imagenet-a/" + (i < 3 ? "n01498041/" : "n01534433/") + i + ".jpg"), i);
            SetFixtures.picture(sets.resolve("imagenet-r/" + (i < 2 ? "n01443537/" : "n01484850/") + i + ".jpg"), i);
        }
        SetFixtures.flickr(sets.resolve("flickr30k"));
    }

    private Comparison runs(Plan plan, String test) {
        Benchmark data = new ShardBenchmark("shards", shards, new SetsFolder(shared.resolve("sets")), test);
        return new Comparison(data, plan, own.resolve("results"), own.resolve("models"), "test");
    }

    private static Plan plan(double epochs) {
        return new EpochPlan(
                ClipConfig.preset("tiny"),
                new EpochPlan.Recipe(epochs, 16, 1e-3, 10_000),
                new EpochPlan.Recipe(0.34, 16, 1e-4, 10_000),
                8,
                Precision.FP32,
                1,
                64,
                2);
    }

    @Test
    void trainsTunesAndTestsAndFindsTheResultAgain() throws IOException {
        List<String> stages = new ArrayList<>();
        Comparison runs = runs(plan(1), "imagenet-a");
        RunResult result =
                runs.result(Method.glip(0.75, 0.2), 3, (stage, report) -> stages.add(stage + " " + report.step()));
        assertEquals(
                List.of(
                        "pre-training 1",
                        "pre-training 2",
                        "pre-training 3",
                        "pre-training 4",
                        "pre-training 5",
                        "pre-training 6",
                        "tuning 1",
                        "tuning 2"),
                stages);
        for (String metric : List.of(
                "masked top-1",
                "unmasked top-5",
                "tuned mean per-class recall",
                "robust imagenet-r top-1",
                "flickr30k text-to-image recall@1")) {
            double share = result.metrics().get(metric);
            assertTrue(share >= 0 && share <= 1, metric);
        }
        assertEquals(17, result.metrics().get("image tokens"));
        assertEquals(6, result.hits().get("tuned").images());
        assertEquals("shards", result.settings().text("preset"));
        RunProgress never = (stage, report) -> {
            throw new IllegalStateException("trained again");
        };
        assertEquals(result, runs.result(Method.glip(0.75, 0.2), 3, never));
        assertEquals(List.of(result), ComparableRuns.read(own.resolve("results")));

        Files.delete(own.resolve("results/shards-GLIP-75-sigma0.2-seed3.json"));
        RunResult tested = runs.result(Method.glip(0.75, 0.2), 3, never);
        assertEquals(result.metrics().get("tuned top-1"), tested.metrics().get("tuned top-1"), "the models are kept");
    }

    @Test
    void smallPicturesArePreTrainedOnAndTheFullSizeTuned() throws IOException {
        RunResult result = runs(plan(0.5), "imagenet-a").result(Method.reclip(32), 0, UNWATCHED);
        assertEquals(17, result.metrics().get("image tokens"));
        assertFalse(result.metrics().containsKey("masked top-1"));
        assertEquals("32 px", result.settings().text("masking"));
    }

    @Test
    void anInterruptedStageGoesOnFromItsCheckpointToTheSameModel() throws IOException {
        RunResult straight = runs(plan(1), "imagenet-a").result(Method.flip(0.5), 0, UNWATCHED);
        own = Files.createDirectory(own.resolve("again"));
        Comparison runs = runs(plan(1), "imagenet-a");
        assertThrows(
                CancellationException.class,
                () -> runs.result(Method.flip(0.5), 0, (stage, report) -> {
                    if (report.step() == 3) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertTrue(Thread.interrupted(), "the flag stays set");
        List<Long> steps = new ArrayList<>();
        RunResult resumed = runs.result(Method.flip(0.5), 0, (stage, report) -> {
            if (stage == Stage.PRETRAINING) {
                steps.add(report.step());
            }
        });
        assertEquals(List.of(4L, 5L, 6L), steps);
        assertEquals(straight.hits(), resumed.hits());
    }

    @Test
    void stagesThatAreDoneAreTakenWithoutTheFiguresOfTheirTraining() throws IOException {
        RunResult straight = runs(plan(0.5), "imagenet-a").result(Method.flip(0.5), 0, UNWATCHED);
        Files.delete(own.resolve("results/shards-FLIP-50-seed0.json"));
        Files.delete(own.resolve("models/shards-FLIP-50-seed0/training.json"));
        RunResult again = runs(plan(0.5), "imagenet-a").result(Method.flip(0.5), 0, (stage, report) -> {
            throw new IllegalStateException("trained again");
        });
        assertEquals(straight.hits(), again.hits());
        assertEquals(33, again.value(Metric.IMAGE_TOKENS));
        assertFalse(again.has(Metric.SAMPLES_PER_SECOND), "nobody knows what it cost");
    }

    @Test
    void kindsOfConceptsAreToldByScenesOnly() {
        Benchmark data = new ShardBenchmark("shards", shards, new SetsFolder(own), "imagenet-a");
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> ScenesBenchmark.of(new Run(data, plan(0.5), Method.flip(0.5), 0)));
        assertTrue(error.getMessage().contains("not by shards"), error.getMessage());
    }

    @Test
    void refusesModelsOfOtherSettingsUnderTheSameName() throws IOException {
        runs(plan(0.5), "imagenet-a").result(Method.clip(), 0, UNWATCHED);
        Files.delete(own.resolve("results/shards-CLIP-seed0.json"));
        IOException error = assertThrows(
                IOException.class, () -> runs(plan(1), "imagenet-a").result(Method.clip(), 0, UNWATCHED));
        assertTrue(error.getMessage().contains("shards-CLIP-seed0"), error.getMessage());
    }

    @Test
    void tellsBeforeTheTrainingThatThereIsNothingToTestOn() {
        RunProgress never = (stage, report) -> {
            throw new IllegalStateException("trained");
        };
        IOException missing = assertThrows(
                IOException.class, () -> runs(plan(1), "imagenet1k").result(Method.clip(), 0, never));
        assertTrue(missing.getMessage().contains("no folder imagenet1k"), missing.getMessage());
        IOException captions =
                assertThrows(IOException.class, () -> runs(plan(1), "flickr30k").result(Method.clip(), 0, never));
        assertTrue(captions.getMessage().contains("has captions"), captions.getMessage());
    }

    @Test
    void thePapersPlanIsThePapersRecipe() {
        EpochPlan paper = Plan.paper(ClipConfig.preset("ViT-B-16"), Precision.BF16);
        var stages = paper.stages(Mask.random(0.5), 10_968_539, 0);
        var pretraining = stages.get(Stage.PRETRAINING);
        assertEquals(30L * 10_968_539 / 1280, pretraining.steps());
        assertEquals(10_000, pretraining.optimizer().warmupSteps());
        var tuning = stages.get(Stage.TUNING);
        assertEquals(10_968_539L / 640, tuning.steps());
        assertEquals(tuning.steps() / 10, tuning.optimizer().warmupSteps());
        assertEquals(1e-5, tuning.optimizer().learningRate());
        assertEquals(Method.reclip(112), Method.reclipAs(112, paper.model()));
        ClipConfig tiny = ClipConfig.preset("tiny");
        assertEquals(
                List.of(Method.reclip(48), Method.reclip(32), Method.reclip(16)),
                List.of(Method.reclipAs(160, tiny), Method.reclipAs(112, tiny), Method.reclipAs(64, tiny)));
        assertThrows(IllegalArgumentException.class, () -> new EpochPlan.Recipe(0, 16, 1e-3, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ShardBenchmark("a/b", List.of("x"), new SetsFolder(Path.of("s")), "imagenet1k"));
    }
}
