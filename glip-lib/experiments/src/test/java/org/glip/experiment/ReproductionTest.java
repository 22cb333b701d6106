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
import org.glip.engine.Precision;
import org.glip.experiment.Reproduced.Verdict;
import org.glip.files.AtomicFile;
import org.glip.model.ClipConfig;
import org.glip.results.ResultFile;
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

class ReproductionTest {
    private static final RunProgress UNWATCHED = (stage, report) -> {};
    private static final Method GLIP = Method.glip(0.75, 0.2);

    @TempDir
    static Path shared;

    @TempDir
    Path own;

    private static Scenes scenes;
    private static Path file;

    @BeforeAll
    static void trainOnce() throws Exception {
        ScenesConfig config = ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(64);
        scenes = Scenes.openMini(shared, config, ScenesProgress.NONE);
        Comparison runs = comparison();
        runs.result(GLIP, 3, UNWATCHED);
        file = runs.file(GLIP, 3);
    }

    private static Comparison comparison() {
        return new Comparison(
                Benchmark.of(scenes),
                Plan.ofSamples(64, Precision.FP32),
                shared.resolve("results"),
                shared.resolve("models"),
                "test");
    }

    private static Reproduction.Builder again(Path result) {
        return Reproduction.builder().setResult(result).setData(shared).optDespiteChanges(true);
    }

    private static void requireEqual(Reproduced outcome) {
        outcome.figures().forEach(figure -> assertEquals(Verdict.EQUAL, figure.verdict(), figure.toString()));
        outcome.tests().forEach(test -> assertEquals(0, test.different(), test.name()));
        assertTrue(outcome.isReproduced());
    }

    @Test
    void aRunOnScenesIsMadeAgainToTheLastBitAndKeptAndDataThatAreGoneAreComposedAnew() throws Exception {
        Path kept = own.resolve("kept");
        Reproduced outcome =
                again(file).setData(own.resolve("data")).optFolder(kept).build().run(UNWATCHED, ScenesProgress.NONE);
        requireEqual(outcome);
        assertEquals(3, outcome.tests().size());
        assertTrue(outcome.figures().size() > 25, outcome.figures().toString());
        assertTrue(outcome.costs().size() >= 3, outcome.costs().toString());
        assertEquals(List.of(), outcome.environment());
        assertEquals(outcome.remade(), ResultFile.read(kept.resolve(file.getFileName())));
        assertEquals(
                outcome.recorded().provenance().configuration(),
                outcome.remade().provenance().configuration());

        String told = assertThrows(
                        IOException.class,
                        () -> again(file).optFolder(kept).build().run(UNWATCHED, ScenesProgress.NONE))
                .getMessage();
        assertTrue(told.contains("holds this run already"), told);
        Path beside = file.getParent();
        assertThrows(
                IOException.class, () -> again(file).optFolder(beside).build().run(UNWATCHED, ScenesProgress.NONE));
    }

    /** Bfloat16 rounds otherwise, as another processor does. */
    @Test
    void anotherPrecisionIsToldAndJudgedByTheNoiseOfThePictures() throws Exception {
        Reproduced outcome = again(file).optPrecision(Precision.BF16).build().run(UNWATCHED, ScenesProgress.NONE);
        assertEquals(List.of(new Reproduced.Difference("precision", "fp32", "bf16")), outcome.environment());
        Reproduced.Figure loss = outcome.figures().get(0);
        assertEquals("training loss", loss.name());
        assertEquals(Verdict.NOT_JUDGED, loss.verdict());
        outcome.figures().stream()
                .filter(figure -> figure.verdict() == Verdict.DIFFERENT || figure.verdict() == Verdict.WITHIN_NOISE)
                .forEach(figure -> assertEquals(
                        Reproduced.Margin.Source.QUESTIONS, figure.margin().source(), figure.name()));
    }

    @Test
    void furtherEvaluationsAreMadeAgainToo() throws Exception {
        for (FurtherEvaluation evaluation : List.of(new KindProbe(60), new KindFineTuning(64, 1, 1e-3, 0.75))) {
            RunResult result = comparison().result(evaluation, GLIP, 3, UNWATCHED);
            Path recorded = shared.resolve("results").resolve(evaluation.id()).resolve(file.getFileName());
            Reproduced outcome = again(recorded).build().run(UNWATCHED, ScenesProgress.NONE);
            requireEqual(outcome);
            assertEquals(result.metrics().size(), outcome.figures().size());
        }
    }

    @Test
    void aRunAtEqualTimeIsMadeAgainWithTheSamplesThatItHad() throws Exception {
        new EqualTime(Benchmark.of(scenes), Plan.ofSamples(32, Precision.FP32), 0.5, own, "test")
                .compare(List.of(GLIP), 0, UNWATCHED);
        Reproduced outcome = again(own.resolve("equal-time-GLIP-17tokens-seed0.json"))
                .build()
                .run(UNWATCHED, ScenesProgress.NONE);
        requireEqual(outcome);
        assertTrue(outcome.figures().stream().anyMatch(figure -> figure.name().equals("samples")));
    }

    private static Comparison onShards(Path shard, Path results) {
        EpochPlan plan = new EpochPlan(
                ClipConfig.preset("tiny"),
                new EpochPlan.Recipe(0.5, 16, 1e-3, 10_000),
                new EpochPlan.Recipe(0.34, 16, 1e-4, 10_000),
                8,
                Precision.FP32,
                1,
                64,
                2);
        Benchmark data = new ShardBenchmark(
                "shards", List.of(shard.toString()), new SetsFolder(results.resolve("sets")), "imagenet-a");
        return new Comparison(data, plan, results, results.resolve("models"), "test");
    }

    @Test
    void aRunOnShardsIsMadeAgainWhereverTheyLieNow() throws Exception {
        for (int i = 0; i < 6; i++) {
            SetFixtures.picture(
                    own.resolve("sets/imagenet-a/" + (i < 3 ? "n01498041/" : "n01534433/") + i + ".jpg"), i);
        }
        Path shard = Files.copy(scenes.train().get(0), own.resolve("pairs.tar"));
        onShards(shard, own).result(Method.flip(0.5), 0, UNWATCHED);
        Path recorded = own.resolve("shards-FLIP-50-seed0.json");
        RecordedData where = new RecordedData(shared, null, null);
        assertEquals(
                "shards",
                where.open(RecordedRun.read(recorded), ScenesProgress.NONE).name(),
                "where they lay");

        Path moved = Files.createDirectories(own.resolve("elsewhere")).resolve("pairs.tar");
        Files.move(shard, moved);
        assertThrows(IOException.class, () -> again(recorded).build().run(UNWATCHED, ScenesProgress.NONE));
        requireEqual(again(recorded).optShards(moved.toString()).build().run(UNWATCHED, ScenesProgress.NONE));

        Path other = Files.copy(moved, own.resolve("elsewhere/others.tar"));
        String told = assertThrows(
                        ResultFileException.class,
                        () -> again(recorded)
                                .optShards(other.toString())
                                .build()
                                .run(UNWATCHED, ScenesProgress.NONE))
                .getMessage();
        assertTrue(told.contains("provenance.details.shards' names and sizes") && told.contains("other shards"), told);

        String older = Files.readString(recorded).replaceAll("(?s)\"details\": \\{.*?},", "");
        Path bare = own.resolve("older.json");
        AtomicFile.writeText(bare, older);
        told = assertThrows(ResultFileException.class, () -> again(bare).build().run(UNWATCHED, ScenesProgress.NONE))
                .getMessage();
        assertTrue(told.contains("\"provenance.details.shards\" is missing"), told);
    }

    @Test
    void uncommittedChangesAreRefusedUnlessTheyAreTaken() throws Exception {
        String commit = ResultFile.read(file).provenance().versions().get("commit");
        Path changed = own.resolve("changed.json");
        AtomicFile.writeText(
                changed,
                Files.readString(file).replace("\"commit\": \"" + commit + "\"", "\"commit\": \"abc with changes\""));
        Reproduction careful =
                Reproduction.builder().setResult(changed).setData(shared).build();
        String told = assertThrows(ResultFileException.class, () -> careful.run(UNWATCHED, ScenesProgress.NONE))
                .getMessage();
        assertTrue(told.contains("provenance.versions.commit"), told);
    }

    @Test
    void detailsTravelInTheResultFileAndOlderFilesHaveNone() throws Exception {
        assertEquals(Map.of(), ResultFile.read(file).provenance().details());
        assertFalse(Files.readString(file).contains("\"details\""));
    }
}
