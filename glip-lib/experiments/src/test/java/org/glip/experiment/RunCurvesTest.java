package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.glip.data.SampleSource;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.report.AccuracyCurve;
import org.glip.results.RunResult;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.glip.train.Pretraining;
import org.glip.train.StageConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run on Scenes as the notebook does it: sized, watched, looked at while it is trained, and shown again. */
class RunCurvesTest {
    private static final Method GLIP = Method.glip(0.75, 0.2);
    private static final int SAMPLES = 96;

    @TempDir
    static Path folder;

    private static final RunCurves CURVES = new RunCurves();
    private static final List<String> SAID = new ArrayList<>();

    private static Scenes scenes;
    private static Comparison runs;
    private static RunResult result;

    @BeforeAll
    static void train() throws Exception {
        scenes = Scenes.openMini(folder, ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(96));
        runs = new Comparison(
                Benchmark.ofMainTests(scenes),
                plan(SAMPLES),
                folder.resolve("results"),
                folder.resolve("models"),
                "test");
        result = runs.result(GLIP, 0, CURVES.watch("GLIP", SAID::add));
    }

    private static SamplePlan plan(int samples) {
        return Plan.ofSamples(samples, Torch.supported(Precision.BF16));
    }

    private static AccuracyCurve only(RunCurves curves) {
        assertEquals(1, curves.accuracies().size());
        return curves.accuracies().get(0);
    }

    @Test
    void theCurveRisesOverAtMostTenPointsToTheEnd() throws Exception {
        AccuracyCurve live = only(CURVES);
        int points = live.shares().length;
        assertTrue(points >= 4 && points <= RunTraining.VALIDATIONS, points + " points");
        assertEquals(SAMPLES, live.pairs()[points - 1]);
        for (double share : live.shares()) {
            assertTrue(share >= 0 && share <= 1);
        }
    }

    @Test
    void aFinishedRunShowsTheSameCurvesAgain() throws Exception {
        TrainedModels models = runs.models(GLIP, 0, (stage, report) -> {
            throw new IllegalStateException("trains again");
        });
        RunCurves again = new RunCurves();
        again.show("GLIP", models);
        AccuracyCurve kept = only(again);
        assertArrayEquals(only(CURVES).shares(), kept.shares());
        assertArrayEquals(only(CURVES).pairs(), kept.pairs());
        assertArrayEquals(only(CURVES).seconds(), kept.seconds());
        assertArrayEquals(kept.shares(), models.accuracyCurve("GLIP").shares());
        assertEquals(CURVES.draw().getWidth(), again.draw().getWidth());
    }

    @Test
    void lookingAtTheValidationPicturesChangesNoStep() throws Exception {
        Run run = new Run(Benchmark.of(scenes), plan(SAMPLES), GLIP, 0);
        SampleSource pairs = run.benchmark().pairs();
        StageConfig config = run.stages(pairs).get(Stage.PRETRAINING);
        List<Double> losses = new ArrayList<>();
        Pretraining.builder()
                .setModel(run.model(Stage.PRETRAINING))
                .setConfig(config)
                .build()
                .run(run.data(Stage.PRETRAINING, config, pairs), report -> losses.add(report.loss()));
        double[] looked =
                runs.models(GLIP, 0, (stage, report) -> {}).lossCurve("GLIP").losses();
        assertArrayEquals(losses.stream().mapToDouble(Double::doubleValue).toArray(), looked);
    }

    @Test
    void whatIsDoneIsSaid() {
        assertTrue(SAID.stream().anyMatch(line -> line.startsWith("GLIP, pre-training: step 1 of ")), SAID.toString());
        assertTrue(SAID.stream().anyMatch(line -> line.contains("validation top-1")), SAID.toString());
        assertTrue(SAID.stream().anyMatch(line -> line.startsWith("GLIP, test: validation, ")), SAID.toString());
        for (String test : List.of("masked", "unmasked", "tuned", "unseen style", "unseen concepts", "prompts")) {
            assertTrue(SAID.stream().anyMatch(line -> line.startsWith("GLIP, test: " + test + ", ")), test);
        }
    }

    @Test
    void afterTheLastStepNoTimeIsSaidToBeLeft() {
        for (String stage : List.of("pre-training", "tuning")) {
            List<String> steps = SAID.stream()
                    .filter(line -> line.startsWith("GLIP, " + stage + ": "))
                    .toList();
            String last = steps.get(steps.size() - 1);
            assertTrue(last.endsWith(", trained"), last);
            assertTrue(steps.subList(0, steps.size() - 1).stream().allMatch(line -> line.endsWith(" s left")));
        }
    }

    @Test
    void aTestEndsWithAllOfItsPictures() {
        for (String test : List.of("masked", "tuned", "unseen concepts", "validation", "prompts")) {
            String last = SAID.stream()
                    .filter(line -> line.startsWith("GLIP, test: " + test + ", "))
                    .reduce((before, after) -> after)
                    .orElseThrow();
            assertTrue(last.matches(".*, (\\d+) of \\1"), last);
        }
    }

    @Test
    void theMainTestsAreAllButThoseOfRobustness() {
        for (String metric : List.of("masked top-1", "unseen drawings top-5", "unseen style top-1", "group top-1")) {
            assertTrue(result.metrics().containsKey(metric), metric);
        }
        assertEquals(result.metrics().get("tuned top-1"), result.metrics().get("unseen drawings top-1"));
        assertTrue(result.metrics().keySet().stream().noneMatch(name -> name.startsWith("robust")));
    }

    private static PairLadder.Choice choose(List<Integer> rungs, Duration budget, Path models) throws Exception {
        Sizing sizing = new Sizing(scenes, List.of(Method.flip(0.75), GLIP), RunCurvesTest::plan, models);
        return sizing.choose(new PairLadder(rungs), budget, (stage, report) -> {});
    }

    @Test
    void theRungFollowsFromTheTimeThatThereIs() throws Exception {
        Path none = folder.resolve("none");
        assertEquals(
                128, choose(List.of(64, 96, 128), Duration.ofDays(30), none).pairs());
        PairLadder.Choice least = choose(List.of(64, 96, 128), Duration.ofMillis(1), none);
        assertEquals(64, least.pairs());
        assertTrue(least.why().contains("the least of the ladder"), least.why());
        assertThrows(IllegalArgumentException.class, () -> choose(List.of(64), Duration.ZERO, none));
    }

    @Test
    void theNumberOfPairsOfModelsThatAreThereIsKept() throws Exception {
        for (Duration budget : List.of(Duration.ofDays(30), Duration.ofMillis(1))) {
            PairLadder.Choice choice = choose(List.of(64, SAMPLES, 128), budget, folder.resolve("models"));
            assertEquals(SAMPLES, choice.pairs());
            assertTrue(choice.why().contains("there are models in"), choice.why());
        }
    }

    @Test
    void theBaselineIsTestedAsTheRunsAre() throws Exception {
        List<String> stages = new ArrayList<>();
        RunResult baseline =
                ScenesBaseline.pixelNeighbour(scenes, 50, "test", (stage, done, total) -> stages.add(stage));
        Map<String, Double> metrics = baseline.metrics();
        Stream.of("unseen drawings top-1", "unseen drawings top-5", "unseen style top-1", "unseen style top-5")
                .forEach(metric -> assertTrue(metrics.containsKey(metric), metric));
        assertTrue(stages.contains("pixel neighbours: read") && stages.contains("pixel neighbours: classified"));
    }
}
