package org.glip.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.glip.files.Interruption;

/** How fast a machine multiplies matrices: what bounds training on it. */
final class MatrixRate {
    private static final int ROUNDS = 15;
    private static final int ROWS = 2048;

    private MatrixRate() {}

    /**
     * Times the product of the first layer of an MLP, (2048 x width) by (width x 4 width), the shape that most of a
     * transformer's work has. Its factors are in the number format of the product already.
     *
     * @param manager manager on the device that is timed
     * @param precision number format
     * @param route way of float32 products
     * @param width width of the model, at least 1
     * @return 10^9 floating-point operations a second, the best of several products: what disturbs a timing only ever
     *     lengthens it
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    static double gflops(NDManager manager, Precision precision, MatrixRoute route, int width) {
        OperatorSettings settings = new OperatorSettings(1, false, precision, route);
        double least = Double.POSITIVE_INFINITY;
        try (NDManager own = manager.newSubManager();
                Operators operators = Operators.compile(own, settings)) {
            NDArray x = factor(operators, own, new Shape(1, ROWS, width));
            NDArray w = factor(operators, own, new Shape(4L * width, width));
            for (int round = 0; round < ROUNDS; round++) {
                least = Math.min(least, seconds(operators, x, w));
            }
        }
        return 2.0 * ROWS * width * 4 * width / least / 1e9;
    }

    private static NDArray factor(Operators operators, NDManager manager, Shape shape) {
        return operators.call("factor", false, manager.ones(shape, DataType.FLOAT32));
    }

    private static double seconds(Operators operators, NDArray x, NDArray w) {
        Interruption.check("measuring matrix products");
        long start = System.nanoTime();
        try (NDArray product = operators.call("product", false, x, w);
                NDArray one = operators.call("first", false, product)) {
            one.getFloat(); // waits for a device that computes on its own
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
