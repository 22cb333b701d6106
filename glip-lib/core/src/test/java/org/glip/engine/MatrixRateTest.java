package org.glip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixRateTest {
    @ParameterizedTest
    @CsvSource({"FP32, LINEAR", "FP32, CONVOLUTION", "BF16, LINEAR"})
    void measuresEveryPrecisionAndRoute(Precision precision, MatrixRoute route) {
        try (NDManager manager = Torch.newManager()) {
            double rate = MatrixRate.gflops(manager, precision, route, 32);
            assertTrue(rate > 0 && Double.isFinite(rate), rate + " GFLOP/s");
        }
    }

    @ParameterizedTest
    @CsvSource({"FP32, LINEAR", "FP32, CONVOLUTION", "BF16, LINEAR"})
    void timesARealProduct(Precision precision, MatrixRoute route) {
        try (NDManager manager = Torch.newManager();
                Operators operators = Operators.compile(manager, new OperatorSettings(1, false, precision, route))) {
            NDArray x = operators.call("factor", false, manager.create(new float[] {2, 3}, new Shape(1, 1, 2)));
            NDArray w = operators.call("factor", false, manager.create(new float[] {5, 7, 1, 1}, new Shape(2, 2)));
            NDArray product = operators.call("product", false, x, w);
            assertEquals(31f, operators.call("first", false, product).getFloat());
        }
    }

    @Test
    void leavesNothingInTheManager() {
        try (NDManager manager = Torch.newManager()) {
            MatrixRate.gflops(manager, Precision.FP32, MatrixRoute.LINEAR, 8);
            assertTrue(manager.getManagedArrays().isEmpty());
        }
    }

    /** A GPU is asked for many products before it is waited for. */
    @Test
    void aRoundLastsAsLongAsItIsAskedTo() {
        assertTrue(MatrixRate.Work.on(Device.gpu()).leastSeconds() > 0);
        assertEquals(new MatrixRate.Work(2048, 0), MatrixRate.Work.on(Device.cpu()));
        try (NDManager manager = Torch.newManager()) {
            long start = System.nanoTime();
            double rate =
                    MatrixRate.gflops(manager, Precision.FP32, MatrixRoute.LINEAR, 8, new MatrixRate.Work(16, 1e-3));
            assertTrue(rate > 0 && Double.isFinite(rate), rate + " GFLOP/s");
            assertTrue(System.nanoTime() - start > 15 * 0.5e-3 * 1e9, "fifteen rounds of about a millisecond");
        }
    }
}
