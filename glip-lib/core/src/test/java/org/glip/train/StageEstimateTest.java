package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.glip.files.Json;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StageEstimateTest {
    private static final Path MEASURED = Path.of("../../notebooks/results/04-efficiency/cost");
    private static final ClipConfig BASE = ClipConfig.preset("ViT-B-16");

    /** What the captions of the measured steps had, of 8 to 20 words. */
    private static final int CAPTION_TOKENS = 18;

    static List<Path> measured() throws IOException {
        try (Stream<Path> files = Files.list(MEASURED)) {
            return files.sorted().toList();
        }
    }

    private static StageConfig stage(int batch, int micro, Mask mask) {
        return StageConfig.builder()
                .setSteps(10)
                .setBatchSize(batch)
                .optMicroBatch(micro)
                .setMask(mask)
                .build();
    }

    @ParameterizedTest
    @MethodSource("measured")
    void stepsThatWereMeasuredTakeWhatIsEstimated(Path file) throws Exception {
        JsonObject metrics = Json.read(file).raw().getAsJsonObject("metrics");
        int batch = metrics.get("batch size").getAsInt();
        int kept = metrics.get("image tokens").getAsInt() - 1;
        Mask mask = kept == 196 ? Mask.none() : Mask.gaussian(1 - (kept + .5) / 196, .2);
        double rate = metrics.get("machine GFLOP per second").getAsDouble();

        StageEstimate estimate = StageEstimate.of(BASE, stage(batch, batch, mask), CAPTION_TOKENS, 1, rate);

        assertEquals(1, 1e3 * estimate.stepSeconds() / metrics.get("step ms").getAsDouble(), .1);
        assertEquals(1, estimate.stepFlop() / 1e9 / metrics.get("step GFLOP").getAsDouble(), .05);
        StageEstimate.Memory held = estimate.memory();
        double memory = (held.total() - held.loader()) / (double) (1 << 20); // the steps were given their batches
        assertEquals(1, memory / metrics.get("peak memory MiB").getAsDouble(), .1);
    }

    @Test
    void ranksShareABatchAndItsMemory() {
        StageEstimate alone = StageEstimate.of(BASE, stage(1280, 1280, Mask.gaussian(.75, .2)), 20, 1, 1000);
        StageEstimate four = StageEstimate.of(BASE, stage(1280, 1280, Mask.gaussian(.75, .2)), 20, 4, 1000);
        assertEquals(alone.stepFlop(), four.stepFlop());
        assertEquals(12_800, four.pairs());
        assertEquals(alone.memory().activations(), 4 * four.memory().activations());
        assertEquals(alone.memory().state(), four.memory().state());
        assertTrue(four.stepSeconds() < alone.stepSeconds() / 3);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> StageEstimate.of(BASE, stage(10, 10, Mask.none()), 20, 3, 1000))
                .getMessage();
        assertEquals("3 ranks cannot share a batch of 10 pairs equally", message);
    }

    @Test
    void microBatchesTakeLessMemoryAndGoForwardTwice() {
        StageEstimate whole = StageEstimate.of(BASE, stage(128, 128, Mask.none()), 20, 2, 1000);
        StageEstimate parts = StageEstimate.of(BASE, stage(128, 8, Mask.none()), 20, 2, 1000);
        assertEquals(whole.stepFlop() * 4 / 3, parts.stepFlop(), 1);
        assertEquals(whole.memory().activations(), 8 * parts.memory().activations());
        assertEquals(whole.memory().batches(), parts.memory().batches());
        assertEquals(10 * whole.stepSeconds(), whole.seconds());
    }
}
