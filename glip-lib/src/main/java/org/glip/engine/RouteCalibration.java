package org.glip.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the matrix-product route by a short measurement. */
public final class RouteCalibration {
    private static final Logger LOGGER = LoggerFactory.getLogger(RouteCalibration.class);
    private static final int ROUNDS = 7;
    private static final int TOKENS = 768;

    private RouteCalibration() {}

    /**
     * Times one MLP, forward and backward, by each route and takes the fastest. Takes well under a second.
     *
     * @param manager manager on the device that will be used; not on a CPU the engine's own operator is taken unmeasured
     * @param width model width, the inner size of the products
     * @return the route
     */
    public static MatrixRoute fastest(NDManager manager, int width) {
        if (manager.getDevice().isGpu()) {
            return MatrixRoute.LINEAR;
        }
        MatrixRoute best = MatrixRoute.LINEAR;
        double bestSeconds = Double.POSITIVE_INFINITY;
        for (MatrixRoute route : MatrixRoute.values()) {
            double seconds = seconds(manager, route, width);
            LOGGER.debug("matrix route {} at width {}: {} ms", route, width, seconds * 1e3);
            if (seconds < bestSeconds) {
                best = route;
                bestSeconds = seconds;
            }
        }
        return best;
    }

    /** The least of several timings: what disturbs a timing only ever lengthens it. */
    private static double seconds(NDManager parent, MatrixRoute route, int width) {
        double least = Double.POSITIVE_INFINITY;
        try (NDManager manager = parent.newSubManager();
                Operators operators =
                        Operators.compile(manager, new OperatorSettings(1, false, Precision.FP32, route))) {
            NDArray[] weights = {
                manager.ones(new Shape(width)),
                manager.zeros(new Shape(width)),
                manager.zeros(new Shape(4L * width, width)),
                manager.zeros(new Shape(4L * width)),
                manager.zeros(new Shape(width, 4L * width)),
                manager.zeros(new Shape(width))
            };
            for (NDArray weight : weights) {
                weight.setRequiresGradient(true);
            }
            for (int round = 0; round < ROUNDS; round++) {
                least = Math.min(least, onePass(manager, operators, weights, width));
            }
        }
        return least;
    }

    private static double onePass(NDManager parent, Operators operators, NDArray[] w, int width) {
        try (NDManager manager = parent.newSubManager();
                Autograd.Recording recording = Autograd.record()) {
            NDArray x = manager.ones(new Shape(1, TOKENS, width), DataType.FLOAT32);
            long start = System.nanoTime();
            NDArray y = operators.call("mlp", true, x, w[0], w[1], w[2], w[3], w[4], w[5]);
            Autograd.backward(y, x);
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
