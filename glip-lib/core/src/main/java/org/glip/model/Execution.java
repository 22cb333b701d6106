package org.glip.model;

import ai.djl.ndarray.NDManager;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Precision;
import org.glip.engine.Torch;

/**
 * How a model computes; it does not change what it computes beyond rounding.
 *
 * @param precision number format of matrix products
 * @param route way of float32 matrix products
 */
public record Execution(Precision precision, MatrixRoute route) {
    /** Products of narrower models take a small part of their time, and less than the trial takes. */
    private static final int WIDTH_WORTH_A_TRIAL = 384;

    /**
     * Returns the plain form: float32 by the engine's own operator.
     *
     * @return the plain execution
     */
    public static Execution plain() {
        return new Execution(Precision.FP32, MatrixRoute.LINEAR);
    }

    /**
     * Returns the fastest form on a device: the wanted precision where the device has it in hardware, else float32; and
     * at float32 the route that {@link MatrixRoute#fastest} finds for this machine; small models take {@link
     * MatrixRoute#LINEAR} without a trial.
     *
     * @param model the model that will compute
     * @param wanted the precision one would like
     * @param manager manager on the device
     * @return the execution; where it is not what was wanted, that is logged
     */
    public static Execution fastest(ClipConfig model, Precision wanted, NDManager manager) {
        Precision precision = Torch.supported(wanted, manager.getDevice());
        MatrixRoute route = precision == Precision.FP32 && model.vision().width() >= WIDTH_WORTH_A_TRIAL
                ? MatrixRoute.fastest(manager, model.vision().width())
                : MatrixRoute.LINEAR;
        return new Execution(precision, route);
    }
}
