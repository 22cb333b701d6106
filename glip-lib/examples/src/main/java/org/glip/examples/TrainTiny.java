package org.glip.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.glip.data.BatchLoader;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.text.ClipTokenizer;
import org.glip.train.Pretraining;
import org.glip.train.Provenance;
import org.glip.train.StageConfig;

/**
 * Trains a tiny model for a few seconds, half of the patches hidden, on pictures that it draws itself. What it leaves
 * is a model folder, which {@link ClassifyPicture} and {@link SearchPictures} open.
 */
public final class TrainTiny {
    private static final int STEPS = 40;
    private static final int BATCH = 16;

    private TrainTiny() {}

    /**
     * Runs the program.
     *
     * @param arguments the folder to put the model into, which must not hold a run yet
     * @throws IOException if it does, or cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        ClipConfig model = ClipConfig.preset("tiny");
        StageConfig settings = StageConfig.builder()
                .setSteps(STEPS)
                .setBatchSize(BATCH)
                .setMask(Mask.gaussian(0.5, 0.2))
                .optSeed(1)
                .build();

        // Where the pairs come from: for your own, SampleSource.shards, csv or folder.
        SampleSource pairs = SampleSource.inMemory(ColouredShapes.pairs(512, 1));
        LoaderConfig loading = LoaderConfig.builder()
                .setBatchSize(BATCH)
                .setContextLength(model.text().contextLength())
                .setTransform(model.evaluationTransform())
                .optShuffleBuffer(512)
                .optSeed(1)
                .build();
        ClipTokenizer tokenizer = ClipTokenizer.load();

        Pretraining stage = Pretraining.builder()
                .setModel(model)
                .setConfig(settings)
                .optFolder(folder, Provenance.here("TrainTiny", pairs.describe(), Map.of("model", "tiny")))
                .build();
        stage.run(position -> new BatchLoader(pairs, tokenizer, loading, position), report -> {
            if (report.step() % 10 == 0) {
                System.out.printf("step %d of %d: loss %.2f%n", report.step(), report.totalSteps(), report.loss());
            }
        });
        System.out.println("the model is in " + folder);
    }
}
