package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.engine.AdamWGroup;
import org.glip.engine.Operators;

/** AdamW over a model's tensors, in two groups: those of two and more dimensions decay, the others do not (open_clip). */
final class AdamW implements AutoCloseable {
    private static final String FIRST = "first_moment/";
    private static final String SECOND = "second_moment/";
    private static final String STEPS = "steps/";

    private final NDManager manager;
    private final Operators operators;
    private final OptimizerConfig config;
    private final Map<String, NDArray> parameters;
    private final Map<String, NDArray> first = new LinkedHashMap<>();
    private final Map<String, NDArray> second = new LinkedHashMap<>();
    private final Map<String, NDArray> steps = new LinkedHashMap<>();

    /**
     * @param parent owner of the optimiser's state
     * @param operators for the fused kernels
     * @param parameters name to tensor, which the steps change in place
     */
    AdamW(NDManager parent, Operators operators, OptimizerConfig config, Map<String, NDArray> parameters) {
        this.manager = parent.newSubManager();
        this.operators = operators;
        this.config = config;
        this.parameters = parameters;
        parameters.forEach((name, tensor) -> {
            first.put(name, manager.zeros(tensor.getShape()));
            second.put(name, manager.zeros(tensor.getShape()));
            steps.put(name, manager.zeros(new Shape()));
        });
    }

    /**
     * One step of some of the parameters.
     *
     * @param gradients theirs, by name
     */
    void step(double learningRate, Map<String, NDArray> gradients) {
        update(true, learningRate, config.weightDecay(), gradients);
        update(false, learningRate, 0, gradients);
    }

    private void update(boolean matrices, double learningRate, double weightDecay, Map<String, NDArray> allGradients) {
        AdamWGroup group = new AdamWGroup(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        allGradients.forEach((name, gradient) -> {
            if (gradient.getShape().dimension() >= 2 == matrices) {
                group.parameters().add(parameters.get(name));
                group.gradients().add(gradient);
                group.firstMoments().add(first.get(name));
                group.secondMoments().add(second.get(name));
                group.steps().add(steps.get(name));
            }
        });
        if (!group.parameters().isEmpty()) {
            operators.adamW(group, learningRate, config.constants(), weightDecay);
        }
    }

    /** The optimiser's state by name, for a checkpoint; live tensors. */
    Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        first.forEach((name, tensor) -> state.put(FIRST + name, tensor));
        second.forEach((name, tensor) -> state.put(SECOND + name, tensor));
        steps.forEach((name, tensor) -> state.put(STEPS + name, tensor));
        return state;
    }

    @Override
    public void close() {
        manager.close();
    }
}
