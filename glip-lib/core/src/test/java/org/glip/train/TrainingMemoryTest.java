package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.SyntheticPairs;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.text.ClipTokenizer;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int STEPS = 1000;
    private static final int SETTLED = 200;

    /**
     * Memory in use outside the heap's own growth cannot be told apart, so the bound is that of a leak of 0.1 MB a
     * step.
     */
    private static final long SLACK = 80L << 20;

    @Test
    void memoryDoesNotGrowOverAThousandSteps() throws IOException {
        ClipConfig tiny = ClipConfig.preset("tiny");
        SyntheticPairs pairs = SyntheticPairs.builder()
                .setTokenizer(ClipTokenizer.load())
                .setBatchSize(2)
                .setImageSize(tiny.vision().imageSize())
                .setContextLength(tiny.text().contextLength())
                .optSeed(1)
                .build();
        StageConfig config =
                new StageConfig(STEPS, 2, 1, OptimizerConfig.paper(), Mask.gaussian(0.75, 0.2), Precision.FP32, 1, 0);
        List<Integer> tensors = new ArrayList<>();
        List<Long> resident = new ArrayList<>();
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(tiny, 1, manager);
                TrainingLoop loop = new TrainingLoop(model, config)) {
            loop.run(pairs, report -> {
                tensors.add(manager.getManagedArrays().size());
                if (report.step() % SETTLED == 0) {
                    resident.add(residentBytes());
                }
            });
        }
        assertEquals(STEPS, tensors.size());
        assertEquals(tensors.get(SETTLED), tensors.get(STEPS - 1), "tensors alive after a step");
        long grown = resident.get(resident.size() - 1) - resident.get(0);
        assertTrue(grown < SLACK, "resident memory grew by " + (grown >> 20) + " MiB from step " + SETTLED);
    }

    /** What Linux says of this process after a collection of garbage; 0 elsewhere, where only tensors are counted. */
    private static long residentBytes() {
        System.gc();
        try {
            return !Files.exists(STATUS)
                    ? 0
                    : Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                            .sum();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
