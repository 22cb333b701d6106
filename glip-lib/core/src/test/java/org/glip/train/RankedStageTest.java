package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.glip.data.BatchShare;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleSource;
import org.glip.engine.LostRankException;
import org.glip.engine.ProcessGroup;
import org.glip.engine.Torch;
import org.glip.train.ThreadRanks.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stage among several ranks, which here are threads; as processes they are tested with the command line. */
@Timeout(300)
class RankedStageTest {
    @TempDir
    Path folder;

    /** Twelve pairs, two of which have no picture that decodes. */
    private static SampleSource source() throws IOException {
        List<ImageTextSample> samples = new ArrayList<>(TinyStage.samples());
        for (int bad : new int[] {1, 6}) {
            samples.set(bad, new ImageTextSample("bad" + bad, new byte[] {1}, "none", new JsonObject(), "memory"));
        }
        return SampleSource.inMemory(samples);
    }

    /** With as many threads an operator, since their number changes the last bits; each thread has its own. */
    private static StageResult run(ProcessGroup ranks, Pretraining.Builder stage, Consumer<StepReport> listener)
            throws IOException {
        int before = Torch.threads();
        Torch.setThreads(2);
        try {
            return TinyStage.run(stage.optRanks(ranks), source(), new BatchShare(ranks.rank(), ranks.size()), listener);
        } finally {
            Torch.setThreads(before);
        }
    }

    private List<Ended<StageResult>> together(int size, StageConfig config, String name) throws Exception {
        return ThreadRanks.run(size, ranks -> run(ranks, TinyStage.stage(folder.resolve(name), config), report -> {}));
    }

    private static void assertNoneFailed(List<Ended<StageResult>> ended) {
        for (Ended<StageResult> one : ended) {
            if (one.failure() != null) {
                throw new AssertionError(one.failure());
            }
        }
    }

    private Path checkpoint(String name, int step) {
        return folder.resolve(name).resolve("checkpoints").resolve(String.format("step-%08d", step));
    }

    private JsonElement position(String name, int step) throws IOException {
        return JsonParser.parseString(Files.readString(checkpoint(name, step).resolve("state.json")))
                .getAsJsonObject()
                .get("position");
    }

    private void assertSameState(String expected, String found, int step) throws IOException {
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(checkpoint(expected, step).resolve(file)),
                    Files.readAllBytes(checkpoint(found, step).resolve(file)),
                    file);
        }
    }

    @Test
    void twoRanksLeaveWhatTwoMicroBatchesLeave() throws Exception {
        StageConfig halves = TinyStage.config(4, 2).optMicroBatch(2).build();
        run(ProcessGroup.alone(), TinyStage.stage(folder.resolve("alone"), halves), report -> {});
        List<Ended<StageResult>> ended = together(2, TinyStage.config(4, 2).build(), "ranks");

        assertNoneFailed(ended);
        assertSameState("alone", "ranks", 2);
        assertSameState("alone", "ranks", 4);
        for (int step : new int[] {2, 4}) {
            assertEquals(
                    position("alone", step), position("ranks", step), "bad pictures of all ranks are counted once");
        }
        assertEquals(16, ended.get(1).result().samples());
    }

    @Test
    void aRunGoesOnWithMoreRanks() throws Exception {
        StageConfig halves = TinyStage.config(4, 2).optMicroBatch(2).build();
        run(ProcessGroup.alone(), TinyStage.stage(folder.resolve("undisturbed"), halves), report -> {});
        StageConfig half = TinyStage.config(2, 2).optMicroBatch(2).build();
        run(ProcessGroup.alone(), TinyStage.stage(folder.resolve("changing"), half), report -> {});

        assertNoneFailed(ThreadRanks.run(
                2,
                ranks -> run(
                        ranks,
                        TinyStage.stage(folder.resolve("changing"), halves).optResume(true),
                        report -> {})));

        assertSameState("undisturbed", "changing", 4);
        assertEquals(position("undisturbed", 4), position("changing", 4));
    }

    @Test
    void whatKeepsOneRankFromBeginningEndsAllWithItsWords() throws Exception {
        Files.createDirectories(folder.resolve("taken/checkpoints"));

        List<Ended<StageResult>> ended = together(2, TinyStage.config(2, 0).build(), "taken");

        assertTrue(ended.get(0).failure().getMessage().contains("holds a run already"));
        String told = ended.get(1).failure().getMessage();
        assertTrue(told.startsWith("rank 0 cannot begin: ") && told.contains("holds a run already"), told);
    }

    @Test
    void settingsThatDifferAreToldOnAllRanks() throws Exception {
        List<Ended<StageResult>> ended = ThreadRanks.run(2, ranks -> {
            StageConfig config = TinyStage.config(ranks.isFirst() ? 5 : 7, 0).build();
            return run(ranks, TinyStage.stage(folder.resolve("run"), config), report -> {});
        });

        for (Ended<StageResult> one : ended) {
            assertInstanceOf(IllegalArgumentException.class, one.failure());
            assertEquals(
                    "the ranks must be started alike: steps is 5 on rank 0 and 7 on rank 1",
                    one.failure().getMessage());
        }
    }

    @Test
    void weightsThatDifferAreToldOnAllRanks() throws Exception {
        List<Ended<StageResult>> ended = ThreadRanks.run(2, ranks -> {
            Pretraining.Builder stage = TinyStage.stage(
                    folder.resolve("run"), TinyStage.config(2, 0).build());
            return run(ranks, stage.optPositionWaves(ranks.rank() == 1), report -> {});
        });

        for (Ended<StageResult> one : ended) {
            assertTrue(one.failure().getMessage().contains("weights (SHA-256) is "), one::toString);
        }
    }

    /** Two ranks, of which the second meets something after its third step. */
    private List<Ended<StageResult>> afterStepThreeOfRankOne(StageConfig config, Runnable met) throws Exception {
        return ThreadRanks.run(
                2,
                ranks -> run(ranks, TinyStage.stage(folder.resolve("run"), config), report -> {
                    if (ranks.rank() == 1 && report.step() == 3) {
                        met.run();
                    }
                }));
    }

    @Test
    void anInterruptionOfOneRankStopsAllAfterTheSameStep() throws Exception {
        List<Ended<StageResult>> ended = afterStepThreeOfRankOne(
                TinyStage.config(1000, 0).build(), () -> Thread.currentThread().interrupt());

        assertNoneFailed(ended);
        for (Ended<StageResult> one : ended) {
            assertTrue(one.result().interrupted());
            assertEquals(3, one.result().steps());
        }
        assertTrue(Files.exists(checkpoint("run", 3).resolve("state.json")));
    }

    @Test
    void whereOneRankFailsTheOthersLearnOfItAndTheLastStepIsKept() throws Exception {
        List<Ended<StageResult>> ended =
                afterStepThreeOfRankOne(TinyStage.config(10, 0).build(), () -> {
                    throw new IllegalStateException("rank 1 fails");
                });

        assertInstanceOf(LostRankException.class, ended.get(0).failure());
        assertTrue(Files.exists(checkpoint("run", 3).resolve("state.json")));
    }

    @Test
    void ranksThatDoNotDivideTheBatchAreRefused() throws Exception {
        List<Ended<StageResult>> ended = together(3, TinyStage.config(2, 0).build(), "run");

        for (Ended<StageResult> one : ended) {
            assertTrue(one.failure().getMessage().contains("3 does not divide it"), one::toString);
        }
    }
}
