package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.glip.engine.Autograd;
import org.glip.engine.Derivatives;
import org.glip.engine.OperatorCalls;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Tape;
import org.jspecify.annotations.Nullable;

/**
 * What the two towers share: parameters under open_clip's names, and operators compiled for the tower's heads.
 *
 * <p>A tower is a DJL block: it can be frozen, saved, used by a Predictor and trained as one.
 */
public abstract class Tower extends AbstractBlock {
    static final Init ONES = new Init.Constant(1);
    static final Init ZEROS = new Init.Constant(0);

    private final long seed;
    private final String tensorPrefix;
    private final int heads;
    private final boolean quickGelu;
    private Execution execution = Execution.plain();
    private @Nullable Operators operators;
    private @Nullable Derivatives derivatives;

    /**
     * @param seed of the initial weights
     * @param tensorPrefix what stands before this tower's names in the whole model, so that equal names draw different
     *     numbers
     */
    Tower(long seed, String tensorPrefix, int heads, boolean quickGelu) {
        super((byte) 1);
        this.seed = seed;
        this.tensorPrefix = tensorPrefix;
        this.heads = heads;
        this.quickGelu = quickGelu;
    }

    /** Adds a parameter and returns its name. */
    final String declare(String name, Init init, long... shape) {
        addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(shape))
                .optInitializer(init.bind(seed, tensorPrefix + name))
                .build());
        return name;
    }

    /**
     * Chooses how this tower computes, from the next call on.
     *
     * @param newExecution precision and matrix route
     */
    public final synchronized void use(Execution newExecution) {
        execution = newExecution;
        closeOperators();
    }

    /** The operators, compiled on first use beside the weights. */
    final synchronized Operators operators() {
        if (operators == null) {
            operators = Operators.compile(weightsManager(), settings());
        }
        return operators;
    }

    /** The operators with derivatives by hand, likewise. */
    private synchronized Derivatives derivatives(NDManager manager) {
        if (derivatives == null) {
            derivatives = Derivatives.compile(manager, settings());
        }
        return derivatives;
    }

    private OperatorSettings settings() {
        return new OperatorSettings(heads, quickGelu, execution.precision(), execution.route());
    }

    /**
     * Begins a pass that goes back by derivatives by hand, see {@link Derivatives}; the tower must be on a CPU.
     *
     * @param manager owner of what the pass makes
     * @return to be given to {@link #forward(ParameterStore, NDList, Tape)} once
     */
    public final Tape tape(NDManager manager) {
        return derivatives(weightsManager()).tape(manager);
    }

    /**
     * Computes features as {@link #forward} does, and remembers on a tape how.
     *
     * @param store has the weights
     * @param inputs what {@code forward} takes
     * @param tape a new one
     * @return the features (B,E)
     */
    public final NDArray forward(ParameterStore store, NDList inputs, Tape tape) {
        return encode(inputs, new Weights(store, inputs.head(), true, tape));
    }

    @Override
    protected final NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        Operators all = operators();
        OperatorCalls calls = (operator, arguments) -> all.call(operator, training, arguments);
        return new NDList(encode(inputs, new Weights(store, inputs.head(), training, calls)));
    }

    /**
     * Computes features as {@link #forward} does, for those who go without DJL's training: they can be differentiated
     * where the thread records, as it does within a {@link ai.djl.training.GradientCollector} or {@link
     * Autograd#record}.
     *
     * @param inputs what {@code forward} takes
     * @return the features (B,E), not normalised
     */
    public final NDArray features(NDList inputs) {
        ParameterStore store = new ParameterStore(weightsManager(), false);
        return forward(store, inputs, Autograd.isRecording()).singletonOrThrow();
    }

    /** The features (B,E) of the tower's inputs; a chain of operators, each of which takes the result before. */
    abstract NDArray encode(NDList inputs, Weights weights);

    private NDManager weightsManager() {
        return getDirectParameters().valueAt(0).getArray().getManager();
    }

    /**
     * Puts numbers in the place of a weight's.
     *
     * @param weight of this tower
     * @param values as many as it has
     */
    final void overwrite(NDArray weight, FloatBuffer values) {
        NDManager manager = weightsManager();
        try (NDArray numbers = manager.create(values, weight.getShape())) {
            operators().copy(weight, numbers);
        }
    }

    private void closeOperators() {
        if (derivatives != null) {
            derivatives.close();
            derivatives = null;
        }
        if (operators != null) {
            operators.close();
            operators = null;
        }
    }

    @Override
    public void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        // Towers hold their parameters directly, so that the names are open_clip's.
    }

    @Override
    public final synchronized void clear() {
        closeOperators();
        super.clear();
    }

    /** The weights of one call: where the store keeps them, and whether the call can be differentiated. */
    final class Weights {
        private final ParameterStore store;
        private final NDManager manager;
        private final boolean training;
        private final OperatorCalls calls;

        /** @param near an input of the call; results live on its device, in its manager */
        Weights(ParameterStore store, NDArray near, boolean training, OperatorCalls calls) {
            this.store = store;
            this.manager = near.getManager();
            this.training = training;
            this.calls = calls;
        }

        NDArray get(String name) {
            return store.getValue(getDirectParameters().get(name), manager.getDevice(), training);
        }

        /** Calls an operator of tensors and then weights. */
        NDArray call(String operator, NDArray[] tensors, String... names) {
            NDArray[] all = Arrays.copyOf(tensors, tensors.length + names.length);
            for (int i = 0; i < names.length; i++) {
                all[tensors.length + i] = get(names[i]);
            }
            return calls.call(operator, all);
        }

        /** The same of one tensor. */
        NDArray call(String operator, NDArray tensor, String... names) {
            return call(operator, new NDArray[] {tensor}, names);
        }
    }
}
