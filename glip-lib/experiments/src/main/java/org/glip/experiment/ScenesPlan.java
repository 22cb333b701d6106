package org.glip.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.train.OptimizerConfig;
import org.glip.train.TrainConfig;

/**
 * How long and how each method of a comparison is trained. All methods share one plan, so that the mask is all that differs.
 *
 * @param model the model
 * @param samples pairs seen in pre-training
 * @param tuningSamples pairs seen in the unmasked tuning that follows
 * @param batchSize pairs a step
 * @param learningRate peak learning rate of the pre-training
 * @param tuningLearningRate peak learning rate of the tuning
 * @param weightDecay of AdamW
 * @param precision number format of matrix products
 * @param workers threads that decode pictures
 */
public record ScenesPlan(
        ClipConfig model,
        int samples,
        int tuningSamples,
        int batchSize,
        double learningRate,
        double tuningLearningRate,
        double weightDecay,
        Precision precision,
        int workers) {
    private static final double WARM_UP_SHARE = 0.1;

    /**
     * The usual plan for Scenes: the {@code tiny} model, batches of 128, learning rate 1e-3 (chosen on the validation fold among
     * 5e-4, 1e-3 and 3e-3), tuning at a tenth of it for a twelfth of the samples.
     *
     * @param samples pairs seen in pre-training
     * @param precision number format of matrix products
     * @return the plan
     */
    public static ScenesPlan of(int samples, Precision precision) {
        int batch = Math.min(128, Math.max(2, samples / 8));
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
        return new ScenesPlan(
                ClipConfig.preset("tiny"),
                samples,
                Math.max(batch, samples / 12),
                batch,
                1e-3,
                1e-4,
                0.1,
                precision,
                workers);
    }

    TrainConfig pretraining(Mask mask, long seed) {
        return stage(samples, learningRate, mask, seed);
    }

    TrainConfig tuning(long seed) {
        return stage(tuningSamples, tuningLearningRate, Mask.none(), seed);
    }

    private TrainConfig stage(int pairs, double rate, Mask mask, long seed) {
        long steps = Math.max(1, pairs / batchSize);
        OptimizerConfig paper = OptimizerConfig.paper();
        OptimizerConfig optimizer = new OptimizerConfig(
                rate,
                paper.beta1(),
                paper.beta2(),
                paper.epsilon(),
                weightDecay,
                Math.max(1, Math.round(steps * WARM_UP_SHARE)));
        return new TrainConfig(steps, batchSize, batchSize, optimizer, mask, precision, seed, 0);
    }

    /** The settings by name, for the provenance. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("model", model.toJson().replaceAll("\\s+", ""));
        settings.put("samples", Integer.toString(samples));
        settings.put("tuning samples", Integer.toString(tuningSamples));
        settings.put("batch size", Integer.toString(batchSize));
        settings.put("learning rate", Double.toString(learningRate));
        settings.put("tuning learning rate", Double.toString(tuningLearningRate));
        settings.put("weight decay", Double.toString(weightDecay));
        settings.put("precision", precision.label());
        return settings;
    }
}
