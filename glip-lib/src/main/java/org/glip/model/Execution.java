package org.glip.model;

import org.glip.engine.MatrixRoute;
import org.glip.engine.Precision;

/**
 * How a model computes; it does not change what it computes beyond rounding.
 *
 * @param precision number format of matrix products
 * @param route way of float32 matrix products
 */
public record Execution(Precision precision, MatrixRoute route) {
    /**
     * The plain form: float32 by the engine's own operator.
     *
     * @return the plain execution
     */
    public static Execution plain() {
        return new Execution(Precision.FP32, MatrixRoute.LINEAR);
    }
}
