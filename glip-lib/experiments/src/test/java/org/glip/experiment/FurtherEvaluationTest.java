package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.glip.data.ImageTextSample;
import org.glip.engine.Precision;
import org.glip.results.ResultFileException;
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

class FurtherEvaluationTest {
    private static final RunProgress UNWATCHED = (stage, report) -> {};
    private static final KindFineTuning FINE_TUNING = new KindFineTuning(64, 1, 1e-3, 0.75);

    @TempDir
    static Path shared;

    @TempDir
    Path own;

    private static Scenes scenes;
    private static Run run;

    @BeforeAll
    static void trainOnce() throws Exception {
        scenes = Scenes.openMini(
                shared, ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(300), ScenesProgress.NONE);
        run = new Run(Benchmark.of(scenes), Plan.ofSamples(64, Precision.FP32), Method.glip(0.75, 0.2), 0);
        new RunTraining(shared.resolve("models"), "test").train(run, UNWATCHED);
    }

    private RunResult result(FurtherEvaluation test) throws IOException {
        return new Comparison(run.benchmark(), run.plan(), own, shared.resolve("models"), "test")
                .result(test, run.method(), run.seed(), UNWATCHED);
    }

    /** A test that must not be done. */
    private record Failing(FurtherEvaluation replaced) implements FurtherEvaluation {
        @Override
        public String id() {
            return replaced.id();
        }

        @Override
        public Map<String, String> settings() {
            return replaced.settings();
        }

        @Override
        public Findings measure(Run tested, TrainedModels models, RunProgress progress) {
            throw new IllegalStateException("is done again");
        }
    }

    @Test
    void linearProbeTellsKindsAndKeepsItsHits() throws Exception {
        RunResult result = result(new KindProbe(300));
        for (String field : List.of("subgroup", "group")) {
            String name = "probe " + field;
            double top1 = result.metrics().get(name + " top-1");
            assertTrue(top1 > 0 && top1 <= 1, name + " " + top1);
            assertEquals(top1, result.hits().get(name).share());
            assertTrue(result.metrics().get(name + " C") > 0);
        }
        assertEquals("300", result.provenance().configuration().get("linear-probe pictures"));
        assertEquals(run.settings(), result.settings());
    }

    @Test
    void aFinishedTestIsReadNotRepeated() throws Exception {
        RunResult first = result(FINE_TUNING);
        assertTrue(first.metrics().containsKey("fine-tuned subgroup top-1"), first.toString());
        assertTrue(Files.exists(own.resolve("fine-tuning").resolve(run.id() + ".json")));
        assertEquals(first, result(new Failing(FINE_TUNING)));
    }

    @Test
    void fineTuningIsAFunctionOfItsSettings() throws Exception {
        RunResult first = result(FINE_TUNING);
        Files.delete(own.resolve("fine-tuning").resolve(run.id() + ".json"));
        assertEquals(first.hits(), result(FINE_TUNING).hits());
    }

    @Test
    void aFileOfOtherSettingsIsNamedNotTaken() throws Exception {
        result(FINE_TUNING);
        ResultFileException e = assertThrows(
                ResultFileException.class, () -> result(new Failing(new KindFineTuning(64, 2, 1e-3, 0.75))));
        assertTrue(
                e.getMessage().contains(run.id() + ".json") && e.getMessage().contains("fine-tuning epochs=2"),
                e.getMessage());
    }

    @Test
    void anInterruptedTestLeavesNoFile() {
        FurtherEvaluation interrupted = new FurtherEvaluation() {
            @Override
            public String id() {
                return "interrupted";
            }

            @Override
            public Map<String, String> settings() {
                return Map.of();
            }

            @Override
            public Findings measure(Run tested, TrainedModels models, RunProgress progress) throws IOException {
                Thread.currentThread().interrupt();
                throw new IOException("a channel that closed itself");
            }
        };
        assertThrows(CancellationException.class, () -> result(interrupted));
        assertTrue(Thread.interrupted(), "the flag stays set for the caller");
        assertFalse(Files.exists(own.resolve("interrupted")));
    }

    @Test
    void nothingOfValidationOrTestIsLearnedFrom() throws Exception {
        KindsOfConcepts kinds = KindsOfConcepts.of(scenes, "subgroup", 300);
        for (List<ImageTextSample> part : List.of(kinds.validation(), kinds.test())) {
            Set<String> shared = drawings(kinds.training());
            shared.retainAll(drawings(part));
            assertEquals(Set.of(), shared);
        }
        for (List<ImageTextSample> part : List.of(kinds.validation(), kinds.test())) {
            assertFalse(part.isEmpty());
            part.forEach(sample -> kinds.classes().number(sample.metadata(), 0, sample.key()));
        }
    }

    private static Set<String> drawings(List<ImageTextSample> samples) {
        return samples.stream()
                .map(sample -> sample.metadata().get("concept").getAsString() + " "
                        + sample.metadata().get("style").getAsString())
                .collect(Collectors.toSet());
    }

    @Test
    void setsOfTheFieldAreTestedWhereTheyAreThere() throws Exception {
        SetsFolder folder = new SetsFolder(own.resolve("sets-of-the-field"));
        assertEquals(Optional.empty(), FieldSets.present(folder, SetsFolder.imageNetRobustness()));
        for (String picture : List.of("n01498041/a.jpg", "n01534433/b.jpg", "n01534433/c.jpg")) {
            SetFixtures.picture(folder.root().resolve("imagenet-a").resolve(picture), picture.length());
        }
        RunResult result = result(
                FieldSets.present(folder, SetsFolder.imageNetRobustness()).orElseThrow());
        assertTrue(result.metrics().containsKey("imagenet-a top-1"), result.toString());
        assertTrue(result.metrics().keySet().stream().noneMatch(name -> name.startsWith("objectnet")));
    }
}
