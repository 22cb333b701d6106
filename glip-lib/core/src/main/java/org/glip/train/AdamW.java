package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.engine.Operators;
import org.jspecify.annotations.Nullable;

/** AdamW over named tensors, which differ in weight decay and in their share of the learning rate. */
final class AdamW implements AutoCloseable {
    private static final String FIRST = "first_moment/";
    private static final String SECOND = "second_moment/";
    private static final String STEPS = "steps/";

    /**
     * What some tensors have in common.
     *
     * @param rateFactor factor of the learning rate
     * @param weightDecay decoupled weight decay
     */
    record Group(double rateFactor, double weightDecay) {}

    /** Tells a tensor's group. */
    @FunctionalInterface
    interface Grouping {
        Group of(String name, NDArray tensor);
    }

    private final NDManager manager;
    private final Operators operators;
    private final OptimizerConfig config;
    private final Map<String, NDArray> parameters;
    private final Grouping grouping;
    private final Map<String, NDArray> first = new LinkedHashMap<>();
    private final Map<String, NDArray> second = new LinkedHashMap<>();
    private final Map<String, NDArray> steps = new LinkedHashMap<>();

    /**
     * The optimiser of open_clip: tensors of two and more dimensions decay, the others do not.
     *
     * @param parent owner of the optimiser's state
     * @param operators for the fused kernels
     * @param parameters name to tensor, which the steps change in place
     */
    AdamW(NDManager parent, Operators operators, OptimizerConfig config, Map<String, NDArray> parameters) {
        this(parent, operators, config, parameters, (name, tensor) -> new Group(1, matrixDecay(tensor, config)));
    }

    /** @param grouping a function of its arguments; the configuration's weight decay is its affair */
    AdamW(
            NDManager parent,
            Operators operators,
            OptimizerConfig config,
            Map<String, NDArray> parameters,
            Grouping grouping) {
        this.manager = parent.newSubManager();
        this.operators = operators;
        this.config = config;
        this.parameters = parameters;
        this.grouping = grouping;
        parameters.forEach((name, tensor) -> {
            first.put(name, manager.zeros(tensor.getShape()));
            second.put(name, manager.zeros(tensor.getShape()));
            steps.put(name, manager.zeros(new Shape()));
        });
    }

    /** The decay of a tensor where gains and biases have none. */
    static double matrixDecay(NDArray tensor, OptimizerConfig config) {
        return tensor.getShape().dimension() >= 2 ? config.weightDecay() : 0;
    }

    /**
     * One step of some of the parameters.
     *
     * @param gradients theirs, by name
     */
    void step(double learningRate, Map<String, NDArray> gradients) {
        step(learningRate, gradients, null);
    }

    /** @param unsound null, or where it is 1 () nothing is changed; see {@link Operators#adamW} */
    void step(double learningRate, Map<String, NDArray> gradients, @Nullable NDArray unsound) {
        Map<Group, Operators.AdamWGroup> groups = new LinkedHashMap<>();
        gradients.forEach((name, gradient) -> {
            NDArray parameter = parameters.get(name);
            Operators.AdamWGroup group =
                    groups.computeIfAbsent(grouping.of(name, parameter), any -> Operators.AdamWGroup.empty());
            group.parameters().add(parameter);
            group.gradients().add(gradient);
            group.firstMoments().add(first.get(name));
            group.secondMoments().add(second.get(name));
            group.steps().add(steps.get(name));
        });
        groups.forEach((group, tensors) -> operators.adamW(
                tensors, learningRate * group.rateFactor, config.constants(), group.weightDecay, unsound));
    }

    /**
     * Lets a matrix be updated by rows, see {@link RowAdamW}.
     *
     * @param name a parameter's; it takes no more part in {@link #step} then
     * @param always whether all rows take part from the first step on
     */
    RowAdamW byRows(String name, boolean always) {
        Group group = grouping.of(name, parameters.get(name));
        return new RowAdamW(
                operators,
                config,
                group,
                parameters.get(name),
                first.get(name),
                second.get(name),
                steps.get(name),
                always);
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
