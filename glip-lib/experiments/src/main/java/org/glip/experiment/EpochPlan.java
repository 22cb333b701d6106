package org.glip.experiment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.data.SampleSource;
import org.glip.engine.Precision;
import org.glip.image.ImageTransform;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.train.OptimizerConfig;
import org.glip.train.StageConfig;

/**
 * A plan by passes over the pairs, for runs of hours and days: random crops, micro-batches, and checkpoints from which
 * a run goes on.
 *
 * @param model the model
 * @param pretraining the masked stage
 * @param tuning the unmasked stage
 * @param microBatch pairs computed at once, at least 1; fewer take less memory and more time, with the same result
 * @param precision number format of matrix products
 * @param workers threads that decode pictures
 * @param shuffle pairs in the shuffle buffer
 * @param checkpointEvery steps between checkpoints, at least 1
 */
public record EpochPlan(
        ClipConfig model,
        Recipe pretraining,
        Recipe tuning,
        int microBatch,
        Precision precision,
        int workers,
        int shuffle,
        long checkpointEvery)
        implements Plan {
    /** Name among the details of a run. */
    static final String MICRO_BATCH_DETAIL = "micro-batch";

    /** Pairs computed at once where nothing else is said. */
    static final int MICRO_BATCH = 64;

    private static final int SHUFFLE = 5000;
    /** Steps between checkpoints where nothing else is said. */
    static final long CHECKPOINT_EVERY = 1000;

    /**
     * How one stage is trained.
     *
     * @param epochs passes over the pairs, above 0
     * @param batchSize pairs a step
     * @param learningRate peak learning rate
     * @param warmupSteps steps of linear warm-up at most; never more than a tenth of the stage
     */
    public record Recipe(double epochs, int batchSize, double learningRate, long warmupSteps) {
        /**
         * Checks the components.
         *
         * @throws IllegalArgumentException if there is nothing to train
         */
        public Recipe {
            if (!(epochs > 0) || Double.isInfinite(epochs)) {
                throw new IllegalArgumentException("A stage takes more than 0 epochs, not " + epochs);
            }
        }

        /** In the words of result files, which must stay as they are for finished runs to be found again. */
        String describe() {
            return "Stage[epochs=" + epochs + ", batchSize=" + batchSize + ", learningRate=" + learningRate
                    + ", warmupSteps=" + warmupSteps + "]";
        }

        long steps(long pairs) {
            return Math.max(1, (long) (epochs * pairs / batchSize));
        }
    }

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if no checkpoint would be written
     */
    public EpochPlan {
        if (checkpointEvery < 1) {
            throw new IllegalArgumentException("Checkpoints are written every 1 or more steps, not " + checkpointEvery);
        }
    }

    /** As {@link Plan#paper} says. */
    static EpochPlan paper(ClipConfig model, Precision precision) {
        OptimizerConfig paper = OptimizerConfig.paper();
        return new EpochPlan(
                model,
                new Recipe(30, 1280, paper.learningRate(), paper.warmupSteps()),
                new Recipe(1, 640, 1e-5, Long.MAX_VALUE),
                MICRO_BATCH,
                precision,
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                SHUFFLE,
                CHECKPOINT_EVERY);
    }

    @Override
    public ImageTransform transform(int imageSize) {
        return model.preprocessing().trainingCrop(imageSize);
    }

    @Override
    public Map<Stage, StageConfig> stages(Mask mask, SampleSource pairs, long seed) throws IOException {
        return stages(mask, pairs.countSamples(), seed);
    }

    /** The settings of both stages on so many pairs. */
    Map<Stage, StageConfig> stages(Mask mask, long pairs, long seed) {
        return Map.of(
                Stage.PRETRAINING, config(pretraining, mask, pairs, seed),
                Stage.TUNING, config(tuning, Mask.none(), pairs, seed));
    }

    private StageConfig config(Recipe recipe, Mask mask, long pairs, long seed) {
        long steps = recipe.steps(pairs);
        long warmup = Math.min(recipe.warmupSteps(), Math.max(1, steps / 10));
        return StageConfig.builder()
                .setSteps(steps)
                .setBatchSize(recipe.batchSize())
                .setMask(mask)
                .optMicroBatch(Math.min(microBatch, recipe.batchSize()))
                .optOptimizer(OptimizerConfig.builder()
                        .optLearningRate(recipe.learningRate())
                        .optWarmupSteps(warmup)
                        .build())
                .optPrecision(precision)
                .optSeed(seed)
                .optCheckpointEvery(checkpointEvery)
                .build();
    }

    @Override
    public boolean keepsCheckpoints() {
        return true;
    }

    @Override
    public String fileName() {
        return "";
    }

    @Override
    public Map<String, String> details() {
        return Map.of(MICRO_BATCH_DETAIL, Integer.toString(microBatch));
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("model", model.toJson().replaceAll("\\s+", ""));
        settings.put("pre-training", pretraining.describe());
        settings.put("tuning", tuning.describe());
        settings.put("precision", precision.label());
        settings.put("shuffle", Integer.toString(shuffle));
        return settings;
    }
}
