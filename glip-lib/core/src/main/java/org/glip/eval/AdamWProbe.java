package org.glip.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.glip.files.Interruption;
import org.glip.random.KeyedRandom;
import org.glip.train.ClassifierTraining;
import org.glip.train.OptimizerConfig;

/**
 * CLIP_benchmark's linear probe ({@code metrics/linear_probe.py}): a linear layer trained by AdamW with a cosine to
 * zero and no warm-up, weights and biases decayed alike, from PyTorch's usual initialisation.
 *
 * <p>The number to choose is the weight decay.
 */
final class AdamWProbe extends ProbeSolver {
    private final double learningRate;
    private final int epochs;
    private final int batchSize;
    private final long seed;

    /** See {@link ProbeSolver#adamW}. */
    AdamWProbe(double learningRate, int epochs, int batchSize, long seed) {
        optimizer(learningRate, 0);
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "epochs and batch size must be at least 1, not " + epochs + " and " + batchSize);
        }
        this.learningRate = learningRate;
        this.epochs = epochs;
        this.batchSize = batchSize;
        this.seed = seed;
    }

    @Override
    Fit fit(LabelledFeatures data, double weightDecay) {
        data.requireEveryClass();
        int count = data.features().count();
        int perEpoch = (count + batchSize - 1) / batchSize;
        OptimizerConfig adamW = optimizer(learningRate, weightDecay);
        try (NDManager manager = NDManager.newBaseManager();
                ClassifierTraining training =
                        ClassifierTraining.ofHead(manager, initial(data), adamW, (long) epochs * perEpoch)) {
            NDArray features = manager.create(
                    data.features().values(), new Shape(count, data.features().dimension()));
            NDArray labels =
                    manager.create(Arrays.stream(data.labels()).asLongStream().toArray());
            int[] order = IntStream.range(0, count).toArray();
            for (int epoch = 0; epoch < epochs; epoch++) {
                Interruption.check("the linear probe");
                LabelledFeatures.shuffle(order, KeyedRandom.stream(seed, KeyedRandom.Purpose.SHUFFLE, epoch, 0));
                for (int first = 0; first < count; first += batchSize) {
                    long[] rows = Arrays.stream(order, first, Math.min(count, first + batchSize))
                            .asLongStream()
                            .toArray();
                    training.step(pass -> features.get(pass.create(rows)), pass -> labels.get(pass.create(rows)));
                }
            }
            ClassifierTraining.LinearHead head = training.head();
            return new Fit(new LinearClassifier(data.classNames(), head.weights(), head.biases()), true);
        }
    }

    private static OptimizerConfig optimizer(double learningRate, double weightDecay) {
        return OptimizerConfig.builder()
                .optLearningRate(learningRate)
                .optBetas(0.9, 0.999)
                .optEpsilon(1e-8)
                .optWeightDecay(weightDecay)
                .optWarmupSteps(0)
                .build();
    }

    /** Uniform in plus or minus the inverse root of the dimension, weights and biases. */
    private ClassifierTraining.LinearHead initial(LabelledFeatures data) {
        int dimension = data.features().dimension();
        SplittableRandom random = KeyedRandom.stream(seed, KeyedRandom.Purpose.INITIALISATION, 0, 0);
        float[] weights = uniform(random, data.classNames().size() * dimension, 1 / Math.sqrt(dimension));
        float[] biases = uniform(random, data.classNames().size(), 1 / Math.sqrt(dimension));
        return new ClassifierTraining.LinearHead(weights, biases, 1);
    }

    private static float[] uniform(SplittableRandom random, int count, double bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    @Override
    public String regularizationName() {
        return "weight decay";
    }

    /** 1e-6 to 1e2, CLIP_benchmark's range. */
    @Override
    RegularizationGrid grid() {
        return new RegularizationGrid(1e-6, 1e2);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(); // the order is the same in every process
        settings.put("solver", "AdamW");
        settings.put("learning rate", Double.toString(learningRate));
        settings.put("epochs", Integer.toString(epochs));
        settings.put("batch size", Integer.toString(batchSize));
        return settings;
    }
}
