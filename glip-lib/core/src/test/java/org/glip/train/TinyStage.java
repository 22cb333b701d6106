package org.glip.train;

import com.google.gson.JsonObject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.glip.data.BatchLoader;
import org.glip.data.BatchShare;
import org.glip.data.ImageTextSample;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.image.ImageTransform;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.text.ClipTokenizer;

/** The least stage of training there is: twelve pictures of one colour each, four a step. */
final class TinyStage {
    static final int BATCH = 4;
    static final Provenance PROVENANCE = Provenance.here("test", "colours", Map.of("shuffle", "0"));
    static final ClipConfig MODEL = new ClipConfig(
            8,
            false,
            new ClipConfig.Vision(8, 4, 8, 1, 8, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
            new ClipConfig.Text(12, 49408, 8, 1, 1, 4));

    private TinyStage() {}

    static StageConfig.Builder config(long steps, long checkpointEvery) {
        return StageConfig.builder()
                .setSteps(steps)
                .setBatchSize(BATCH)
                .setMask(Mask.random(0.5))
                .optOptimizer(OptimizerConfig.builder().optWarmupSteps(100).build())
                .optCheckpointEvery(checkpointEvery);
    }

    static Pretraining.Builder stage(Path folder, StageConfig config) {
        return Pretraining.builder().setModel(MODEL).setConfig(config).optFolder(folder, PROVENANCE);
    }

    static StageResult run(Pretraining.Builder stage, Consumer<StepReport> listener) throws IOException {
        return run(stage, SampleSource.inMemory(samples()), listener);
    }

    static StageResult run(Pretraining.Builder stage, SampleSource source, Consumer<StepReport> listener)
            throws IOException {
        return run(stage, source, BatchShare.whole(), listener);
    }

    static StageResult run(
            Pretraining.Builder stage, SampleSource source, BatchShare share, Consumer<StepReport> listener)
            throws IOException {
        LoaderConfig loading = LoaderConfig.builder()
                .setBatchSize(BATCH)
                .setContextLength(12)
                .setTransform(ImageTransform.evaluation(8))
                .optWorkers(1)
                .optMaxBadPercent(100)
                .optShare(share)
                .build();
        return stage.build()
                .run(position -> new BatchLoader(source, ClipTokenizer.load(), loading, position), listener);
    }

    static List<ImageTextSample> samples() throws IOException {
        List<ImageTextSample> samples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = image.createGraphics();
            pen.setColor(new Color(20 * i, 255 - 20 * i, 128));
            pen.fillRect(0, 0, 8, 8);
            pen.dispose();
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            samples.add(new ImageTextSample("p" + i, png.toByteArray(), "colour " + i, new JsonObject(), "memory"));
        }
        return samples;
    }
}
