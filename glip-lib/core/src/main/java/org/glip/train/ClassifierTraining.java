package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.glip.engine.Autograd;
import org.glip.engine.HostCopy;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.model.ImageTower;

/**
 * Steps of supervised training: cross-entropy of a linear head, over frozen features or with the image tower below it.
 */
public final class ClassifierTraining implements AutoCloseable {
    /**
     * A linear layer on L2-normalised features: logits are {@code scale * (W f) + b}.
     *
     * @param weights W (K,d) row by row; not copied, so it must not change
     * @param biases b (K); not copied
     * @param scale fixed factor of the weights, positive; a CLIP model's logit scale, or 1
     */
    public record LinearHead(float[] weights, float[] biases, double scale) {
        /**
         * Checks the components.
         *
         * @throws IllegalArgumentException if the sizes disagree or the scale is not positive
         */
        public LinearHead {
            if (biases.length < 2 || weights.length == 0 || weights.length % biases.length != 0) {
                throw new IllegalArgumentException(
                        "a linear head needs at least two classes and as many weights for each, not " + weights.length
                                + " weights and " + biases.length + " biases");
            }
            if (!(scale > 0) || Double.isInfinite(scale)) {
                throw new IllegalArgumentException("the scale of a linear head must be positive, not " + scale);
            }
        }

        /**
         * {@return a head that begins at zero, so that all classes are equal}
         *
         * @param classes K
         * @param dimension d
         * @param scale fixed factor of the weights
         */
        public static LinearHead zero(int classes, int dimension, double scale) {
            return new LinearHead(new float[classes * dimension], new float[classes], scale);
        }

        /** {@return the number of classes, K} */
        public int classes() {
            return biases.length;
        }

        /** {@return the length of the features, d} */
        public int dimension() {
            return weights.length / biases.length;
        }
    }

    private static final String WEIGHT = "head.weight";
    private static final String BIAS = "head.bias";

    private final NDManager manager;
    private final Operators operators;
    private final NDArray weight;
    private final NDArray bias;
    private final NDArray scale;
    private final AdamW optimizer;
    private final LearningRateSchedule schedule;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private long step;

    private ClassifierTraining(
            NDManager parent,
            LinearHead initial,
            Map<String, NDArray> tower,
            OptimizerConfig config,
            long steps,
            AdamW.Grouping grouping) {
        schedule = config.schedule(steps);
        manager = parent.newSubManager();
        operators = Operators.compile(manager, new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR));
        weight = manager.create(initial.weights(), new Shape(initial.classes(), initial.dimension()));
        bias = manager.create(initial.biases());
        scale = manager.create((float) initial.scale());
        weight.setRequiresGradient(true);
        bias.setRequiresGradient(true);
        parameters.putAll(tower);
        parameters.put(WEIGHT, weight);
        parameters.put(BIAS, bias);
        optimizer = new AdamW(manager, operators, config, parameters, grouping);
    }

    /**
     * Trains a head alone, its weights and biases decayed alike.
     *
     * @param parent owner of what is made; its device is where the training runs
     * @param initial where the head begins
     * @param config AdamW and its warm-up
     * @param steps of the training, at least 1; after them the learning rate is zero
     * @return the training, to be closed
     */
    public static ClassifierTraining ofHead(NDManager parent, LinearHead initial, OptimizerConfig config, long steps) {
        AdamW.Group all = new AdamW.Group(1, config.weightDecay());
        return new ClassifierTraining(parent, initial, Map.of(), config, steps, (name, tensor) -> all);
    }

    /**
     * Trains a head and the tower below it, whose weights are changed in place; gains and biases do not decay.
     *
     * @param parent owner of what is made
     * @param initial where the head begins
     * @param tower the image tower
     * @param config AdamW and its warm-up; the learning rate is that of the last layer
     * @param steps of the training, at least 1
     * @param layers what lower layers learn at
     * @return the training, to be closed
     */
    static ClassifierTraining endToEnd(
            NDManager parent,
            LinearHead initial,
            ImageTower tower,
            OptimizerConfig config,
            long steps,
            LayerwiseDecay layers) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        for (Pair<String, Parameter> parameter : tower.getDirectParameters()) {
            tensors.put(parameter.getKey(), parameter.getValue().getArray());
        }
        return new ClassifierTraining(
                parent,
                initial,
                tensors,
                config,
                steps,
                (name, tensor) -> new AdamW.Group(layers.factor(name), AdamW.matrixDecay(tensor, config)));
    }

    /**
     * One step.
     *
     * @param features makes the pictures' features (B,d) from a manager that is closed after the step; called while
     *     recording
     * @param labels makes the class numbers (B) int64 from the same manager
     * @return the mean cross-entropy before the step
     * @throws DivergedException where it is no number any more
     */
    public double step(Function<NDManager, NDArray> features, Function<NDManager, NDArray> labels) {
        try (NDManager pass = manager.newSubManager();
                Autograd.Recording recording = Autograd.record()) {
            NDArray x = features.apply(pass);
            NDArray loss = operators.call("classification_loss", true, x, weight, bias, scale, labels.apply(pass));
            loss.attach(pass);
            boolean readsLate = loss.getDevice().isGpu(); // see ContrastiveStep
            NDArray unsound = readsLate ? operators.call("unsound", false, loss) : null;
            if (!readsLate) {
                requireFinite(HostCopy.number(loss));
            }
            List<NDArray> gradients =
                    operators.gradients(List.of(loss), List.of(loss.onesLike()), List.copyOf(parameters.values()));
            Map<String, NDArray> named = new LinkedHashMap<>();
            parameters.keySet().forEach(name -> named.put(name, gradients.get(named.size())));
            optimizer.step(learningRate(), named, unsound);
            float value = HostCopy.number(loss);
            requireFinite(value);
            step++;
            return value;
        }
    }

    private static void requireFinite(float loss) {
        if (!Float.isFinite(loss)) {
            throw new DivergedException("the classification loss is " + loss + ": lower the learning rate");
        }
    }

    /** The learning rate of the next step. */
    double learningRate() {
        return schedule.at(step);
    }

    /** {@return the head as it stands} */
    public LinearHead head() {
        return new LinearHead(HostCopy.floats(weight), HostCopy.floats(bias), HostCopy.number(scale));
    }

    /** Frees head and optimiser; a tower stays. */
    @Override
    public void close() {
        optimizer.close();
        operators.close();
        manager.close();
    }
}
