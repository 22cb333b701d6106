package org.glip.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.glip.files.Interruption;

/** How fast a machine multiplies matrices: what bounds training on it. */
final class MatrixRate {
    private static final int ROUNDS = 15;

    /** A round on a GPU takes this long at least, so that to start it and to wait for it is a small part of it. */
    private static final double LEAST_SECONDS = 0.02;

    private static final int MOST_PRODUCTS = 1 << 12;

    private MatrixRate() {}

    /**
     * How much is timed at once.
     *
     * @param rows of the left factor
     * @param leastSeconds what a round takes at least, by as many products as that needs; 0 for one
     */
    record Work(int rows, double leastSeconds) {
        /** A CPU is busy with one product of a batch's tokens; a GPU needs more rows, and many products. */
        static Work on(Device device) {
            return device.isGpu() ? new Work(1 << 15, LEAST_SECONDS) : new Work(2048, 0);
        }
    }

    /**
     * Times the product of the first layer of an MLP, (rows x width) by (width x 4 width), the shape that most of a
     * transformer's work has; on a CPU there are 2048 rows, on a GPU 32,768 and as many products as keep it busy. The
     * factors are in the number format of the product already.
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
        return gflops(manager, precision, route, width, Work.on(manager.getDevice()));
    }

    static double gflops(NDManager manager, Precision precision, MatrixRoute route, int width, Work work) {
        OperatorSettings settings = new OperatorSettings(1, false, precision, route);
        double least = Double.POSITIVE_INFINITY;
        try (NDManager own = manager.newSubManager();
                Operators operators = Operators.compile(own, settings)) {
            NDArray x = factor(operators, own, new Shape(1, work.rows, width));
            NDArray w = factor(operators, own, new Shape(4L * width, width));
            int products = 1;
            while (products < MOST_PRODUCTS && seconds(operators, x, w, products) < work.leastSeconds) {
                products *= 2;
            }
            for (int round = 0; round < ROUNDS; round++) {
                least = Math.min(least, seconds(operators, x, w, products) / products);
            }
        }
        return 2.0 * work.rows * width * 4 * width / least / 1e9;
    }

    private static NDArray factor(Operators operators, NDManager manager, Shape shape) {
        return operators.call("factor", false, manager.ones(shape, DataType.FLOAT32));
    }

    /** From the start of the first product to the end of the last. */
    private static double seconds(Operators operators, NDArray x, NDArray w, int products) {
        Interruption.check("measuring matrix products");
        long start = System.nanoTime();
        for (int before = 1; before < products; before++) {
            operators.call("product", false, x, w).close();
        }
        try (NDArray product = operators.call("product", false, x, w);
                NDArray one = operators.call("first", false, product)) {
            HostCopy.number(one); // waits for a device that computes on its own
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
