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
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.model.ImageTower;

/**
 * Steps of supervised training: cross-entropy of a linear head, over frozen features or with the image tower below it.
 */
public final class ClassifierTraining implements AutoCloseable {
    private static final String WEIGHT = "head.weight";
    private static final String BIAS = "head.bias";

    private final NDManager manager;
    private final Operators operators;
    private final NDArray weight;
    private final NDArray bias;
    private final NDArray scale;
    private final AdamW optimizer;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();

    private ClassifierTraining(
            NDManager parent,
            LinearHead initial,
            Map<String, NDArray> tower,
            OptimizerConfig config,
            AdamW.Grouping grouping) {
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
     * @param config AdamW; the learning rate is that of each step
     * @return the training, to be closed
     */
    public static ClassifierTraining ofHead(NDManager parent, LinearHead initial, OptimizerConfig config) {
        AdamW.Group all = new AdamW.Group(1, config.weightDecay());
        return new ClassifierTraining(parent, initial, Map.of(), config, (name, tensor) -> all);
    }

    /**
     * Trains a head and the tower below it, whose weights are changed in place; gains and biases do not decay.
     *
     * @param parent owner of what is made
     * @param initial where the head begins
     * @param tower the image tower
     * @param config AdamW; the learning rate is that of each step, for the last layer
     * @param layers what lower layers learn at
     * @return the training, to be closed
     */
    public static ClassifierTraining endToEnd(
            NDManager parent, LinearHead initial, ImageTower tower, OptimizerConfig config, LayerwiseDecay layers) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        for (Pair<String, Parameter> parameter : tower.getDirectParameters()) {
            tensors.put(parameter.getKey(), parameter.getValue().getArray());
        }
        return new ClassifierTraining(
                parent,
                initial,
                tensors,
                config,
                (name, tensor) -> new AdamW.Group(layers.factor(name), AdamW.matrixDecay(tensor, config)));
    }

    /**
     * One step.
     *
     * @param features makes the pictures' features (B,d) from a manager that is closed after the step; called while
     *     recording
     * @param labels makes the class numbers (B) int64 from the same manager
     * @param learningRate of this step
     * @return the mean cross-entropy before the step
     * @throws DivergedException where it is no number any more
     */
    public double step(
            Function<NDManager, NDArray> features, Function<NDManager, NDArray> labels, double learningRate) {
        try (NDManager pass = manager.newSubManager();
                Autograd.Recording recording = Autograd.record()) {
            NDArray x = features.apply(pass);
            NDArray loss = operators.call("classification_loss", true, x, weight, bias, scale, labels.apply(pass));
            loss.attach(pass);
            float value = loss.getFloat();
            if (!Float.isFinite(value)) {
                throw new DivergedException("the classification loss is " + value + ": lower the learning rate");
            }
            List<NDArray> gradients =
                    operators.gradients(List.of(loss), List.of(loss.onesLike()), List.copyOf(parameters.values()));
            Map<String, NDArray> named = new LinkedHashMap<>();
            parameters.keySet().forEach(name -> named.put(name, gradients.get(named.size())));
            optimizer.step(learningRate, named);
            return value;
        }
    }

    /** {@return the head as it stands} */
    public LinearHead head() {
        return new LinearHead(weight.toFloatArray(), bias.toFloatArray(), scale.getFloat());
    }

    /** Frees head and optimiser; a tower stays. */
    @Override
    public void close() {
        optimizer.close();
        operators.close();
        manager.close();
    }
}
