package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.glip.Parity;
import org.glip.TokenRows;
import org.glip.data.Batch;
import org.glip.data.StreamPosition;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.glip.model.weights.SafetensorsFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole training steps against open_clip's; the golden values are of src/test/python/make_training_golden.py. */
class OpenClipTrainingTest {
    private static final int STEPS = 5;
    private static final int BATCH = 8;

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(OpenClipTrainingTest.class.getResource("open_clip"))
                .toURI());
    }

    private static List<Batch> batches(ClipConfig config) throws IOException, URISyntaxException {
        int side = config.vision().imageSize();
        int context = config.text().contextLength();
        List<Batch> batches = new ArrayList<>();
        try (SafetensorsFile file = SafetensorsFile.open(folder().resolve("batches.safetensors"))) {
            float[] pixels = file.floats("pixels");
            float[] tokens = file.floats("tokens");
            for (int step = 0; step < STEPS; step++) {
                int first = step * BATCH;
                int[] ids = new int[BATCH * context];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = (int) tokens[first * context + i];
                }
                int each = 3 * side * side;
                List<float[]> pictures = IntStream.range(first, first + BATCH)
                        .mapToObj(i -> Arrays.copyOfRange(pixels, i * each, (i + 1) * each))
                        .toList();
                batches.add(new Batch(
                        first,
                        BATCH,
                        side,
                        pictures,
                        TokenRows.captions(ids, context),
                        Collections.nCopies(BATCH, "pair"),
                        Collections.nCopies(BATCH, "caption"),
                        Collections.nCopies(BATCH, new JsonObject()),
                        0,
                        new StreamPosition(0, first + BATCH, first + BATCH)));
            }
        }
        return batches;
    }

    @ParameterizedTest
    @CsvSource({"masked, 8", "masked, 3", "clamped, 8"})
    void fiveStepsEqualOpenClips(String run, int microBatch) throws Exception {
        Path golden = folder().resolve(run);
        boolean masked = run.equals("masked");
        OptimizerConfig optimizer = OptimizerConfig.builder()
                .optLearningRate(masked ? 1e-3 : 3e-3)
                .optWarmupSteps(masked ? 2 : 0)
                .build();
        Mask mask = masked ? Mask.gaussian(0.5, 0.2) : Mask.none();
        StageConfig config = new StageConfig(STEPS, BATCH, microBatch, optimizer, mask, Precision.FP32, 7, 0);
        List<StepReport> reports = new ArrayList<>();
        try (NDManager manager = Torch.newManager();
                SafetensorsFile expected = SafetensorsFile.open(golden.resolve("expected.safetensors"));
                ClipModel model = ModelFolder.load(golden, manager);
                TrainingLoop loop = new TrainingLoop(model, config)) {
            List<Batch> all = batches(model.config());
            List<Batch> seen = masked ? all : Collections.nCopies(STEPS, all.get(0));
            loop.run(seen.iterator(), reports::add);

            assertEquals(STEPS, reports.size());
            float[] losses = expected.floats("losses");
            float[] rates = expected.floats("rates");
            float[] scales = expected.floats("scales");
            String row = "five steps, " + run + " by " + microBatch;
            for (int i = 0; i < STEPS; i++) {
                StepReport report = reports.get(i);
                Parity.check(row + " loss", "step " + (i + 1), Math.abs(losses[i] - report.loss()), 1e-4);
                assertEquals(rates[i], (float) report.learningRate(), "learning rate of step " + (i + 1));
                double scale = Math.exp(scales[i]);
                Parity.check(row + " logit scale", "relative", Math.abs(report.logitScale() - scale) / scale, 1e-5);
            }
            // The attention is blind to a bias of its keys: that gradient is rounding noise, which AdamW scales up to
            // full steps.
            // So the bias of the attention's input agrees least.
            for (Map.Entry<String, NDArray> tensor : model.tensors().entrySet()) {
                float[] after = expected.floats("after/" + tensor.getKey());
                double difference = Parity.relative(after, tensor.getValue().toFloatArray());
                Parity.check(row + " weight " + tensor.getKey(), "relative", difference, 2e-3);
            }
        }
    }
}
