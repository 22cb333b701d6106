package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.engine.Precision;
import org.glip.results.RunResult;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesProgress;
import org.glip.scenes.ScenesSplit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledComparisonTest {
    private static final RunProgress UNWATCHED = (stage, report) -> {};

    @TempDir
    Path folder;

    private Scenes scenes;

    /** Two sets: the same pictures of Scenes, of which the second asks for fewer classes. */
    @BeforeEach
    void makeSets() throws IOException {
        scenes = Scenes.openMini(
                folder.resolve("data"),
                ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(64),
                ScenesProgress.NONE);
        for (String set : List.of("one", "two")) {
            copy(scenes.train(), set + "-train-");
            copy(scenes.shards(ScenesSplit.TRAIN), set + "-test-");
            Files.write(folder.resolve(set + "-classes.txt"), scenes.classNames());
        }
    }

    private void copy(List<Path> shards, String name) throws IOException {
        for (int i = 0; i < shards.size(); i++) {
            Files.copy(shards.get(i), folder.resolve(name + "0" + i + ".tar"));
        }
    }

    private Comparison runs(List<String> sets) throws IOException {
        return new Comparison(
                Benchmark.ofLabelled("pictures", folder, sets),
                Plan.forScenes(64, Precision.FP32),
                folder.resolve("results"),
                folder.resolve("models"),
                "test");
    }

    @Test
    void oneModelIsTestedOnEachSetMaskedUnmaskedAndTuned() throws IOException {
        RunResult result = runs(List.of("one", "two")).result(Method.glip(0.75, 0.2), 0, UNWATCHED);
        for (String set : List.of("one", "two")) {
            for (String stage : List.of("masked", "unmasked", "tuned")) {
                double share = result.metrics().get(set + " " + stage + " top-1");
                assertTrue(share >= 0 && share <= 1, set + " " + stage);
            }
        }
        assertEquals(result.hits().get("one tuned"), result.hits().get("two tuned"), "they are the same pictures");
        assertEquals("pictures", result.settings().text("preset"));
        assertFalse(runs(List.of("one"))
                .result(Method.clip(), 0, UNWATCHED)
                .metrics()
                .containsKey("one masked top-1"));
    }

    @Test
    void aRunIsMadeAgainFromItsFileToTheSameHits() throws IOException {
        RunResult result = runs(List.of("two")).result(Method.flip(0.5), 1, UNWATCHED);
        Path file = folder.resolve("results/pictures-FLIP-50-samples64-seed1.json");
        RecordedData data = new RecordedData(folder.resolve("data"), null, null);
        Benchmark found = data.open(RecordedRun.read(file), ScenesProgress.NONE);
        assertEquals(result.provenance().data(), found.describe());

        Files.move(folder.resolve("two-test-00.tar"), folder.resolve("two-test-01.tar"));
        IOException other =
                assertThrows(IOException.class, () -> data.open(RecordedRun.read(file), ScenesProgress.NONE));
        assertTrue(other.getMessage().contains("are not those of the run"), other.getMessage());
    }

    @Test
    void whatIsMissingIsNamedBeforeTheTraining() throws IOException {
        IOException classes =
                assertThrows(IOException.class, () -> Benchmark.ofLabelled("a", folder, List.of("three")));
        assertTrue(classes.getMessage().contains("three-classes.txt is missing"), classes.getMessage());
        Files.write(folder.resolve("three-classes.txt"), List.of("cat", ""));
        IOException few = assertThrows(IOException.class, () -> Benchmark.ofLabelled("a", folder, List.of("three")));
        assertTrue(few.getMessage().contains("names 1 classes"), few.getMessage());
        Files.delete(folder.resolve("two-test-00.tar"));
        Comparison runs = runs(List.of("two"));
        IOException shards = assertThrows(
                IOException.class,
                () -> runs.result(Method.clip(), 0, (stage, report) -> {
                    throw new IllegalStateException("trained");
                }));
        assertTrue(shards.getMessage().contains("two-test-"), shards.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Benchmark.ofLabelled("a", folder, List.of()));
    }
}
