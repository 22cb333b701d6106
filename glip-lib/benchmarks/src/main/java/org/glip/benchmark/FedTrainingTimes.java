package org.glip.benchmark;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.glip.data.Batch;
import org.glip.data.BatchLoader;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.data.StreamPosition;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.image.ImageTransform;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.text.ClipTokenizer;
import org.glip.train.OptimizerConfig;
import org.glip.train.StageConfig;
import org.glip.train.StepBenchmark;
import org.glip.train.StepBenchmark.Timings;

/** Whether the loader keeps up: training steps on one batch again and again, and then on the loader's batches. */
public final class FedTrainingTimes {
    private static final int WARMUP_STEPS = 2;
    private static final double LEAST_SCALE = 0.5;
    private static final double SIGMA = 0.2;

    private FedTrainingTimes() {}

    /**
     * Measures, on ViT-B/16 in float32 with a Gaussian mask, and prints a JSON object: samples a second without and
     * with the loader, and the share of the speed that the loader leaves.
     *
     * @param arguments shards (a path with braces), workers, samples of a batch, steps to time, masking ratio
     * @throws IOException if a shard cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 5) {
            throw new IllegalArgumentException("expected SHARDS WORKERS BATCH STEPS MASKING_RATIO");
        }
        int batchSize = Integer.parseInt(arguments[2]);
        ClipConfig model = ClipConfig.resolve("ViT-B-16");
        StepBenchmark steps =
                benchmark(model, batchSize, Integer.parseInt(arguments[3]), Double.parseDouble(arguments[4]));
        LoaderConfig config = LoaderConfig.builder()
                .setBatchSize(batchSize)
                .setContextLength(model.text().contextLength())
                .setTransform(ImageTransform.trainingCrop(model.vision().imageSize(), LEAST_SCALE, 1))
                .optWorkers(Integer.parseInt(arguments[1]))
                .optSeed(1)
                .build();
        Batch one;
        try (BatchLoader loader = open(arguments[0], config)) {
            one = loader.next();
        }
        double ready = batchSize / median(steps, Stream.generate(() -> one).iterator());
        double fed;
        try (BatchLoader loader = open(arguments[0], config)) {
            fed = batchSize / median(steps, loader);
        }
        JsonObject result = new JsonObject();
        result.addProperty("samples_per_second_ready", ready);
        result.addProperty("samples_per_second_fed", fed);
        result.addProperty("share", fed / ready);
        System.out.println(result);
    }

    private static StepBenchmark benchmark(ClipConfig model, int batchSize, int steps, double ratio) {
        Execution execution;
        try (NDManager manager = Torch.newManager()) {
            execution = new Execution(
                    Precision.FP32, MatrixRoute.fastest(manager, model.vision().width()));
        }
        Mask mask = Mask.gaussian(ratio, SIGMA);
        StageConfig config = StageConfig.builder()
                .setSteps(Math.addExact(steps, WARMUP_STEPS))
                .setBatchSize(batchSize)
                .setMask(mask)
                .optOptimizer(OptimizerConfig.paper())
                .optSeed(1)
                .build();
        return new StepBenchmark(model, config, WARMUP_STEPS, execution);
    }

    private static BatchLoader open(String shards, LoaderConfig config) throws IOException {
        return new BatchLoader(SampleSource.shards(shards), ClipTokenizer.load(), config, StreamPosition.START);
    }

    private static double median(StepBenchmark steps, Iterator<Batch> batches) throws IOException {
        Timings timings = steps.run(batches);
        return timings.medianWallSeconds();
    }
}
