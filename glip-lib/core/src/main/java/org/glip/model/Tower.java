package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.jspecify.annotations.Nullable;

/**
 * What the two towers share: parameters under open_clip's names, and operators compiled for the tower's heads.
 *
 * <p>A tower is a DJL block: it can be frozen, saved, used by a Predictor and trained as one.
 */
abstract class Tower extends AbstractBlock {
    static final Init ONES = new Init.Constant(1);
    static final Init ZEROS = new Init.Constant(0);

    private final long seed;
    private final String tensorPrefix;
    private final int heads;
    private final boolean quickGelu;
    private Execution execution = Execution.plain();
    private @Nullable Operators operators;

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
    final synchronized Operators operators(NDManager manager) {
        if (operators == null) {
            operators = Operators.compile(
                    manager, new OperatorSettings(heads, quickGelu, execution.precision(), execution.route()));
        }
        return operators;
    }

    private void closeOperators() {
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

        /** @param near an input of the call; results live on its device, in its manager */
        Weights(ParameterStore store, NDArray near, boolean training) {
            this.store = store;
            this.manager = near.getManager();
            this.training = training;
        }

        boolean training() {
            return training;
        }

        NDArray get(String name) {
            return store.getValue(getDirectParameters().get(name), manager.getDevice(), training);
        }

        /** {@code first}, then the named weights, as an operator's arguments. */
        NDArray[] after(String[] names, NDArray... first) {
            NDArray[] all = new NDArray[first.length + names.length];
            System.arraycopy(first, 0, all, 0, first.length);
            for (int i = 0; i < names.length; i++) {
                all[first.length + i] = get(names[i]);
            }
            return all;
        }

        Operators operators() {
            NDArray any = getDirectParameters().valueAt(0).getArray();
            return Tower.this.operators(any.getManager());
        }
    }
}
