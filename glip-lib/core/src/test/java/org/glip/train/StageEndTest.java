package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.commons.io.file.PathUtils;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleOrder;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;
import org.glip.engine.Torch;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends a stage, its last sound step is on disk, and the stage goes on from it to the same weights. */
class StageEndTest {
    private static final int STEPS = 6;

    @TempDir
    Path temporary;

    private Path run;

    @BeforeEach
    void name() {
        run = temporary.resolve("run");
    }

    private Pretraining.Builder stage(Path folder) {
        return TinyStage.stage(folder, TinyStage.config(STEPS, 0).build());
    }

    private void goesOnToTheSameWeightsFrom(long step) throws IOException {
        assertEquals(step, Checkpoint.newest(run).orElseThrow().step());
        assertFalse(Files.exists(run.resolve("model.safetensors")));
        TinyStage.run(stage(run).optResume(true), report -> {});
        Path straight = temporary.resolve("straight");
        TinyStage.run(stage(straight), report -> {});
        String last = "checkpoints/step-00000006/model.safetensors";
        assertEquals(-1, Files.mismatch(straight.resolve(last), run.resolve(last)));
        assertEquals(STEPS, StageLog.read(run).size());
    }

    /** The tiny pairs, of which reading one throws. */
    private static SampleSource failingAt(int sample, Runnable failure) throws IOException {
        SampleSource sound = SampleSource.inMemory(TinyStage.samples());
        AtomicInteger count = new AtomicInteger();
        return new SampleSource() {
            @Override
            public Pass open(long epoch, SampleOrder order, SkipLog skipped) throws IOException {
                Pass pass = sound.open(epoch, order, skipped);
                return new Pass() {
                    @Override
                    public boolean hasNext() {
                        return pass.hasNext();
                    }

                    @Override
                    public ImageTextSample next() {
                        if (count.getAndIncrement() == sample) {
                            failure.run();
                        }
                        return pass.next();
                    }

                    @Override
                    public void close() throws IOException {
                        pass.close();
                    }
                };
            }

            @Override
            public long countSamples() throws IOException {
                return sound.countSamples();
            }

            @Override
            public String describe() {
                return sound.describe();
            }
        };
    }

    @Test
    void dataThatCannotBeReadAnyMore() throws IOException {
        SampleSource cut = failingAt(14, () -> {
            throw new UncheckedIOException(new IOException("shard 2 ends early"));
        });
        Exception error = assertThrows(UncheckedIOException.class, () -> TinyStage.run(stage(run), cut, report -> {}));
        assertTrue(error.getMessage().contains("shard 2 ends early"), error.getMessage());
        goesOnToTheSameWeightsFrom(3);
    }

    @Test
    void aLoaderWithoutMemory() throws IOException {
        SampleSource large = failingAt(10, () -> {
            throw new OutOfMemoryError("Java heap space");
        });
        Exception error = assertThrows(RuntimeException.class, () -> TinyStage.run(stage(run), large, report -> {}));
        assertEquals(OutOfMemoryError.class, error.getCause().getClass());
        goesOnToTheSameWeightsFrom(2);
    }

    @Test
    void anErrorOfWhoeverListens() throws IOException {
        Error full = new OutOfMemoryError("Java heap space");
        assertSame(
                full,
                assertThrows(
                        Error.class,
                        () -> TinyStage.run(stage(run), report -> {
                            if (report.step() == 4) {
                                throw full;
                            }
                        })));
        goesOnToTheSameWeightsFrom(4);
    }

    @Test
    void aValidationThatCannotRead() throws IOException {
        assertThrows(
                IOException.class,
                () -> TinyStage.run(
                        stage(run).optValidation(3, model -> {
                            throw new IOException("no such picture");
                        }),
                        report -> {}));
        goesOnToTheSameWeightsFrom(3);
    }

    @Test
    void aLossThatDiverges() throws IOException {
        OptimizerConfig wild = OptimizerConfig.builder()
                .optLearningRate(1e30)
                .optWarmupSteps(0)
                .build();
        StageConfig config = TinyStage.config(STEPS, 0).optOptimizer(wild).build();
        long[] last = {0};
        assertThrows(
                DivergedException.class,
                () -> TinyStage.run(TinyStage.stage(run, config), report -> last[0] = report.step()));
        Checkpoint kept = Checkpoint.newest(run).orElseThrow();
        assertEquals(last[0], kept.step());
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(kept.folder(), manager)) {
            model.tensors().forEach((name, tensor) -> {
                for (float weight : tensor.toFloatArray()) {
                    assertTrue(Float.isFinite(weight), name);
                }
            });
        }
    }

    @Test
    void weightsThatAreNoNumbersAreNeverKept() throws IOException {
        StageConfig config = TinyStage.config(STEPS, 1).build();
        Validation spoils = model -> {
            model.logitScale().set(new float[] {Float.NaN});
            return Map.of();
        };
        String message = assertThrows(
                        DivergedException.class,
                        () -> TinyStage.run(TinyStage.stage(run, config).optValidation(3, spoils), report -> {}))
                .getMessage();
        assertTrue(message.contains("after step 3, logit_scale"), message);
        assertEquals(2, Checkpoint.newest(run).orElseThrow().step());
    }

    @Test
    void aStageThatEndsBeforeItsFirstStepLeavesNothingInTheWay() throws IOException {
        SampleSource none = failingAt(0, () -> {
            throw new UncheckedIOException(new IOException("no disk"));
        });
        assertThrows(UncheckedIOException.class, () -> TinyStage.run(stage(run), none, report -> {}));
        assertFalse(Files.exists(run));
        TinyStage.run(stage(run), report -> {});
    }

    @Test
    void whatAKillBeforeTheFirstStepLeavesIsNotInTheWay() throws IOException {
        Files.createDirectories(run);
        Files.createFile(run.resolve("log.jsonl"));
        Files.createFile(run.resolve(".lock"));
        assertEquals(STEPS, TinyStage.run(stage(run), report -> {}).steps());
    }

    @Test
    void aFolderThatIsRemovedMeanwhileIsAnErrorAndDoesNotComeAgain() {
        String message = removedAfterTwoSteps(report -> PathUtils.delete(run));
        assertTrue(message.contains("folder") && message.contains(run.toString()), message);
        assertFalse(Files.exists(run));
    }

    @Test
    void aFolderThatIsMovedMeanwhileIsAnErrorToo() throws IOException {
        Path elsewhere = temporary.resolve("elsewhere");
        String message = removedAfterTwoSteps(report -> Files.move(run, elsewhere));
        assertTrue(message.contains(run.toString()), message);
        assertFalse(Files.exists(run));
        assertEquals(2, StageLog.read(elsewhere).size());
    }

    @Test
    void aLogThatIsRemovedIsAnErrorThatLosesNoStep() throws IOException {
        String message = removedAfterTwoSteps(report -> Files.delete(run.resolve("log.jsonl")));
        assertTrue(message.contains("log.jsonl"), message);
        assertEquals(3, Checkpoint.newest(run).orElseThrow().step());
    }

    /** What a user does to the folder. */
    private interface Meddling {
        void with(StepReport report) throws IOException;
    }

    private String removedAfterTwoSteps(Meddling meddling) {
        Consumer<StepReport> listener = report -> {
            if (report.step() == 2) {
                try {
                    meddling.with(report);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        return assertThrows(IOException.class, () -> TinyStage.run(stage(run), listener))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"step\": 4, \"lo",
                "\0\0\0\0",
                "\u00ff\u00fe\u0080",
                "nonsense\n{}\n[3]\n",
                "\n\n",
                "{\"step\":9}\n"
            })
    void garbageAtTheEndOfTheLogIsDropped(String garbage) throws IOException {
        TinyStage.run(stage(run), report -> {
            if (report.step() == 3) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(Thread.interrupted());
        Files.write(run.resolve("log.jsonl"), garbage.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.APPEND);
        goesOnToTheSameWeightsFrom(3);
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L),
                StageLog.read(run).stream().map(StageLog.Line::step).toList());
    }

    @Test
    void aLogThatTheUserHasLinkedElsewhereStaysALink() throws IOException {
        TinyStage.run(TinyStage.stage(run, TinyStage.config(2, 0).build()), report -> {});
        Path log = Files.move(run.resolve("log.jsonl"), temporary.resolve("log.jsonl"));
        Files.createSymbolicLink(run.resolve("log.jsonl"), log);
        TinyStage.run(stage(run).optResume(true), report -> {});
        assertTrue(Files.isSymbolicLink(run.resolve("log.jsonl")));
        assertEquals(STEPS, StageLog.read(run).size());
    }

    @Test
    void twoStagesCannotWriteOneFolder() {
        IOException[] refusal = new IOException[1];
        Consumer<StepReport> second = report -> refusal[0] =
                assertThrows(IOException.class, () -> TinyStage.run(stage(run).optResume(true), inner -> {}));
        assertEquals(STEPS, assertDoesRun(second).steps());
        assertTrue(refusal[0].getMessage().contains(run + " is in use"), refusal[0].getMessage());
    }

    private StageResult assertDoesRun(Consumer<StepReport> listener) {
        try {
            return TinyStage.run(stage(run), listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
