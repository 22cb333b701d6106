package org.glip.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.apache.commons.statistics.descriptive.Median;
import org.glip.files.Interruption;

/** Times the matrix-product routes against each other: one MLP, forward and backward. */
final class RouteTrial {
    private static final int ROUNDS = 9;
    /** Enough rows that the convolution does not leave them to the linear operator, see {@link MatrixRoute}. */
    private static final int TOKENS = 2048;

    private final NDManager manager;
    private final int width;
    private final NDArray[] weights;

    private RouteTrial(NDManager manager, int width) {
        this.manager = manager;
        this.width = width;
        this.weights = new NDArray[] {
            manager.ones(new Shape(width)),
            manager.zeros(new Shape(width)),
            manager.ones(new Shape(4L * width, width)),
            manager.zeros(new Shape(4L * width)),
            manager.ones(new Shape(width, 4L * width)),
            manager.zeros(new Shape(width))
        };
        for (NDArray weight : weights) {
            weight.setRequiresGradient(true);
        }
    }

    /**
     * Runs both routes in turns, so that what disturbs the machine disturbs both, and compares their medians.
     *
     * @param parent manager on the device that is timed
     * @param width width of the model
     * @return how many times as fast the convolution is
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    static double convolutionSpeedUp(NDManager parent, int width) {
        try (NDManager manager = parent.newSubManager();
                Operators linear = compile(manager, MatrixRoute.LINEAR);
                Operators convolution = compile(manager, MatrixRoute.CONVOLUTION)) {
            RouteTrial trial = new RouteTrial(manager, width);
            double[] linearSeconds = new double[ROUNDS];
            double[] convolutionSeconds = new double[ROUNDS];
            trial.seconds(linear); // the first passes also set up memory and kernels
            trial.seconds(convolution);
            for (int round = 0; round < ROUNDS; round++) {
                linearSeconds[round] = trial.seconds(linear);
                convolutionSeconds[round] = trial.seconds(convolution);
            }
            return Median.withDefaults().evaluate(linearSeconds)
                    / Median.withDefaults().evaluate(convolutionSeconds);
        }
    }

    private static Operators compile(NDManager manager, MatrixRoute route) {
        return Operators.compile(manager, new OperatorSettings(1, false, Precision.FP32, route));
    }

    private double seconds(Operators operators) {
        Interruption.check("measuring the routes of matrix products");
        try (NDManager pass = manager.newSubManager();
                Autograd.Recording recording = Autograd.record()) {
            NDArray x = pass.ones(new Shape(1, TOKENS, width), DataType.FLOAT32);
            long start = System.nanoTime();
            NDArray y = operators.call(
                    "mlp", true, x, weights[0], weights[1], weights[2], weights[3], weights[4], weights[5]);
            Autograd.backward(y, x);
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
