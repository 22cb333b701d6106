package org.glip.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.train.OptimizerConfig;
import org.glip.train.TrainConfig;

/**
 * How long and how each method is trained on shards. All methods share one plan, so that the mask is all that differs.
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
public record ShardPlan(
        ClipConfig model,
        Stage pretraining,
        Stage tuning,
        int microBatch,
        Precision precision,
        int workers,
        int shuffle,
        long checkpointEvery) {
    private static final int MICRO_BATCH = 64;
    private static final int SHUFFLE = 5000;
    private static final long CHECKPOINT_EVERY = 1000;

    /**
     * One stage.
     *
     * @param epochs passes over the pairs, above 0
     * @param batchSize pairs a step
     * @param learningRate peak learning rate
     * @param warmupSteps steps of linear warm-up at most; never more than a tenth of the stage
     */
    public record Stage(double epochs, int batchSize, double learningRate, long warmupSteps) {
        /**
         * @throws IllegalArgumentException if there is nothing to train
         */
        public Stage {
            if (!(epochs > 0) || Double.isInfinite(epochs)) {
                throw new IllegalArgumentException("A stage takes more than 0 epochs, not " + epochs);
            }
        }

        long steps(long pairs) {
            return Math.max(1, (long) (epochs * pairs / batchSize));
        }
    }

    /**
     * @throws IllegalArgumentException if no checkpoint would be written
     */
    public ShardPlan {
        if (checkpointEvery < 1) {
            throw new IllegalArgumentException("Checkpoints are written every 1 or more steps, not " + checkpointEvery);
        }
    }

    /**
     * The paper's recipe: 30 epochs in batches of 1280 at a learning rate of 1e-3 after 10,000 steps of warm-up, then one epoch
     * without a mask in batches of 640 at 1e-5.
     *
     * @param model the model, in the paper ViT-B/16
     * @param precision number format of matrix products
     * @return the plan
     */
    public static ShardPlan paper(ClipConfig model, Precision precision) {
        OptimizerConfig paper = OptimizerConfig.paper();
        return new ShardPlan(
                model,
                new Stage(30, 1280, paper.learningRate(), paper.warmupSteps()),
                new Stage(1, 640, 1e-5, Long.MAX_VALUE),
                MICRO_BATCH,
                precision,
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                SHUFFLE,
                CHECKPOINT_EVERY);
    }

    TrainConfig pretraining(Mask mask, long pairs, long seed) {
        return config(pretraining, mask, pairs, seed);
    }

    TrainConfig tuning(long pairs, long seed) {
        return config(tuning, Mask.none(), pairs, seed);
    }

    private TrainConfig config(Stage stage, Mask mask, long pairs, long seed) {
        long steps = stage.steps(pairs);
        long warmup = Math.min(stage.warmupSteps(), Math.max(1, steps / 10));
        return new TrainConfig(
                steps,
                stage.batchSize(),
                Math.min(microBatch, stage.batchSize()),
                OptimizerConfig.paper().with(stage.learningRate(), warmup),
                mask,
                precision,
                seed,
                checkpointEvery);
    }

    /** The settings by name, for the provenance. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("model", model.toJson().replaceAll("\\s+", ""));
        settings.put("pre-training", pretraining.toString());
        settings.put("tuning", tuning.toString());
        settings.put("precision", precision.label());
        settings.put("shuffle", Integer.toString(shuffle));
        return settings;
    }
}
