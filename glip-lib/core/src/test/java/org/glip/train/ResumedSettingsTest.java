package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A stage goes on only as it began, but for what its caller names. */
class ResumedSettingsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void train() throws IOException {
        TinyStage.run(TinyStage.stage(folder, config(4).build()), report -> {
            if (report.step() == 3) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(Thread.interrupted());
    }

    private static StageConfig.Builder config(long steps) {
        return TinyStage.config(steps, 0).optOptimizer(optimizer(3).build());
    }

    private static OptimizerConfig.Builder optimizer(long warmup) {
        return OptimizerConfig.builder().optWarmupSteps(warmup);
    }

    private StageResult resume(StageConfig config, Provenance provenance, String... changes) throws IOException {
        return TinyStage.run(
                TinyStage.stage(folder, config)
                        .optFolder(folder, provenance)
                        .optResume(true)
                        .optChanges(Set.of(changes)),
                report -> {});
    }

    static Stream<Arguments> changed() {
        StageConfig.Builder batch = config(4).setBatchSize(8).optMicroBatch(4);
        return Stream.of(
                Arguments.of("micro-batch", "4", "2", config(4).optMicroBatch(2)),
                Arguments.of("batch", "4", "8", batch),
                Arguments.of(
                        "lr",
                        "0.001",
                        "1.0E-4",
                        config(4)
                                .optOptimizer(optimizer(3).optLearningRate(1e-4).build())),
                Arguments.of(
                        "weight-decay",
                        "0.2",
                        "0.1",
                        config(4).optOptimizer(optimizer(3).optWeightDecay(0.1).build())),
                Arguments.of(
                        "warmup", "3", "2", config(4).optOptimizer(optimizer(2).build())),
                Arguments.of("precision", "FP32", "BF16", config(4).optPrecision(Precision.BF16)),
                Arguments.of("seed", "0", "1", config(4).optSeed(1)),
                Arguments.of("mask", "RANDOM", "NONE", config(4).setMask(Mask.none())));
    }

    @ParameterizedTest
    @MethodSource("changed")
    void anotherSettingIsRefusedByItsName(String name, String before, String now, StageConfig.Builder config) {
        OtherSettingsException refusal =
                assertThrows(OtherSettingsException.class, () -> resume(config.build(), TinyStage.PROVENANCE));
        assertEquals(
                List.of(name),
                refusal.differences().stream()
                        .map(OtherSettingsException.Difference::name)
                        .toList());
        String message = refusal.getMessage();
        assertTrue(message.contains(before) && message.contains(now) && message.contains("other settings"), message);
        assertTrue(message.length() < 500 && message.contains("step-00000003"), message);
    }

    @Test
    void otherDataAndOtherConfigurationOfTheProvenanceAreRefused() {
        Provenance data = Provenance.here("test", "other colours", Map.of("shuffle", "0"));
        Provenance shuffle = Provenance.here("test", "colours", Map.of("shuffle", "8"));
        Provenance more = Provenance.here("test", "colours", Map.of("shuffle", "0", "route", "linear"));
        Map.of("data was colours and is other", data, "shuffle was 0 and is 8", shuffle, "route was not set", more)
                .forEach((told, provenance) -> {
                    String message = assertThrows(
                                    OtherSettingsException.class,
                                    () -> resume(config(4).build(), provenance))
                            .getMessage();
                    assertTrue(message.contains(told), message);
                });
    }

    @Test
    void whatIsNamedMayDifferAndIsRecorded() throws IOException {
        Provenance other = Provenance.here("test", "other colours", Map.of("shuffle", "8"));
        OtherSettingsException refusal = assertThrows(
                OtherSettingsException.class, () -> resume(config(4).optSeed(1).build(), other, "data", "seed"));
        assertTrue(refusal.getMessage().endsWith("settings: shuffle was 0 and is 8"), refusal.getMessage());

        assertEquals(
                4,
                resume(config(4).optSeed(1).build(), other, "data", "seed", "shuffle")
                        .steps());
        String recorded = "data was colours and is other colours; seed was 0 and is 1; shuffle was 0 and is 8";
        Map<String, String> details = Provenance.read(folder).orElseThrow().details();
        assertEquals(Map.of("changed at step 3", recorded), details);
    }

    @Test
    void anotherModelIsTheFirstThingTold() {
        ClipConfig wider = new ClipConfig(
                8,
                false,
                new ClipConfig.Vision(8, 4, 16, 1, 8, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
                TinyStage.MODEL.text());
        String message = assertThrows(
                        OtherSettingsException.class,
                        () -> TinyStage.run(
                                TinyStage.stage(folder, config(4).build())
                                        .setModel(wider)
                                        .optResume(true),
                                report -> {}))
                .getMessage();
        assertTrue(message.contains("model was") && message.length() < 500, message);
    }

    @Test
    void howOftenCheckpointsAreWrittenMayDiffer() throws IOException {
        assertEquals(
                4,
                resume(config(4).optCheckpointEvery(2).build(), TinyStage.PROVENANCE)
                        .steps());
    }

    @Test
    void aRunMayBeMadeLongerWhileItWarmsUpAndIsThenAsIfItHadBeenSoFromTheBeginning() throws IOException {
        assertEquals(7, resume(config(7).build(), TinyStage.PROVENANCE).steps());
        Path straight = folder.resolve("straight");
        TinyStage.run(TinyStage.stage(straight, config(7).build()), report -> {});
        String last = "checkpoints/step-00000007/model.safetensors";
        assertEquals(-1, Files.mismatch(straight.resolve(last), folder.resolve(last)));
        assertEquals(7, StageLog.read(folder).size());
    }

    @Test
    void afterTheWarmUpAnotherLengthWouldChangeStepsThatAreDone() throws IOException {
        resume(config(4).build(), TinyStage.PROVENANCE);
        assertEquals(5, resume(config(5).build(), TinyStage.PROVENANCE).steps(), "the first step after the warm-up");
        String message = assertThrows(
                        OtherSettingsException.class, () -> resume(config(9).build(), TinyStage.PROVENANCE))
                .getMessage();
        assertTrue(message.contains("steps was 5 and is 9") && message.contains("learning rate"), message);
        assertEquals(9, resume(config(9).build(), TinyStage.PROVENANCE, "steps").steps(), "named");
    }

    @Test
    void aRunCannotEndBeforeWhereItIs() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> resume(config(2).build(), TinyStage.PROVENANCE, "steps"))
                .getMessage();
        assertTrue(message.contains("3 steps already, more than the 2"), message);
    }
}
