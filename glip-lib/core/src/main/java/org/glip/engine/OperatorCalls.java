package org.glip.engine;

import ai.djl.ndarray.NDArray;

/** Calls of the towers' operators. */
@FunctionalInterface
public interface OperatorCalls {
    /**
     * Calls an operator.
     *
     * @param operator name in {@code operators.torchscript}
     * @param arguments its tensors in order
     * @return the result
     */
    NDArray call(String operator, NDArray... arguments);
}
