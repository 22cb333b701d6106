package org.glip.experiment;

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
 * A plan by the number of pairs seen, for runs of minutes: whole pictures, one batch size, a tenth of each stage is
 * warm-up, and no checkpoints.
 *
 * @param model the model
 * @param samples pairs seen in pre-training
 * @param tuningSamples pairs seen in the unmasked tuning that follows
 * @param batchSize pairs a step
 * @param learningRate peak learning rate of the pre-training
 * @param tuningLearningRate peak learning rate of the tuning
 * @param weightDecay of AdamW
 * @param positionWaves whether new position embeddings start as {@link org.glip.model.PositionWaves}
 * @param precision number format of matrix products
 * @param workers threads that decode pictures
 */
public record SamplePlan(
        ClipConfig model,
        int samples,
        int tuningSamples,
        int batchSize,
        double learningRate,
        double tuningLearningRate,
        double weightDecay,
        boolean positionWaves,
        Precision precision,
        int workers)
        implements Plan {
    private static final int SHUFFLE_BUFFER = 4096;
    private static final double WARM_UP_SHARE = 0.1;

    /** The setting that only plans with {@link #positionWaves} have. */
    static final String POSITION_EMBEDDING = "position embedding";

    private static final String WAVES = "starts as waves";

    /** As {@link Plan#ofSamples} says. */
    static SamplePlan usual(int samples, Precision precision) {
        return of(ClipConfig.preset("tiny"), samples, 128, 1e-3, false, precision);
    }

    /** As {@link Plan#forScenes} says. */
    static SamplePlan forScenes(int samples, Precision precision) {
        return of(ClipConfig.preset("tiny-wide"), samples, 64, 5e-4, true, precision);
    }

    /** A plan whose steps are fewer than eight only where there are fewer pairs: for tries of a few dozen. */
    private static SamplePlan of(
            ClipConfig model, int samples, int largest, double rate, boolean waves, Precision precision) {
        int batch = Math.min(largest, Math.max(2, samples / 8));
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
        return new SamplePlan(
                model, samples, Math.max(batch, samples / 12), batch, rate, rate / 10, 0.1, waves, precision, workers);
    }

    /** The same plan for another number of pairs in pre-training. */
    SamplePlan withSamples(int newSamples) {
        return new SamplePlan(
                model,
                newSamples,
                tuningSamples,
                batchSize,
                learningRate,
                tuningLearningRate,
                weightDecay,
                positionWaves,
                precision,
                workers);
    }

    @Override
    public int shuffle() {
        return SHUFFLE_BUFFER;
    }

    @Override
    public ImageTransform transform(int imageSize) {
        return model.preprocessing().evaluation(imageSize);
    }

    @Override
    public Map<Stage, StageConfig> stages(Mask mask, SampleSource pairs, long seed) {
        return Map.of(
                Stage.PRETRAINING, stage(samples, learningRate, mask, seed),
                Stage.TUNING, stage(tuningSamples, tuningLearningRate, Mask.none(), seed));
    }

    private StageConfig stage(int pairs, double rate, Mask mask, long seed) {
        long steps = Math.max(1, pairs / batchSize);
        OptimizerConfig optimizer = OptimizerConfig.builder()
                .optLearningRate(rate)
                .optWeightDecay(weightDecay)
                .optWarmupSteps(Math.max(1, Math.round(steps * WARM_UP_SHARE)))
                .build();
        return StageConfig.builder()
                .setSteps(steps)
                .setBatchSize(batchSize)
                .setMask(mask)
                .optOptimizer(optimizer)
                .optPrecision(precision)
                .optSeed(seed)
                .build();
    }

    @Override
    public boolean keepsCheckpoints() {
        return false;
    }

    @Override
    public String fileName() {
        return "samples" + samples;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("model", model.toJson().replaceAll("\\s+", ""));
        settings.put("samples", Integer.toString(samples));
        settings.put("tuning samples", Integer.toString(tuningSamples));
        settings.put("batch size", Integer.toString(batchSize));
        settings.put("learning rate", Double.toString(learningRate));
        settings.put("tuning learning rate", Double.toString(tuningLearningRate));
        settings.put("weight decay", Double.toString(weightDecay));
        if (positionWaves) {
            settings.put(POSITION_EMBEDDING, WAVES);
        }
        settings.put("precision", precision.label());
        return settings;
    }
}
