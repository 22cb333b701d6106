package org.glip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.SplittableRandom;
import org.glip.files.Resources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsTest {
    private final NDManager manager = Torch.newManager();
    private boolean gradMode;

    @BeforeEach
    void rememberGradMode() {
        gradMode = JniUtils.isGradMode();
    }

    @AfterEach
    void close() {
        assertEquals(gradMode, JniUtils.isGradMode(), "a closed recording leaves the thread as it was");
        manager.close();
    }

    private NDArray random(long seed, long... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(shape));
    }

    private Operators operators(Precision precision, MatrixRoute route) {
        return Operators.compile(manager, new OperatorSettings(2, false, precision, route));
    }

    private NDArray mlp(Operators operators, boolean training, NDArray x) {
        return operators.call(
                "mlp",
                training,
                x,
                random(1, 8),
                random(2, 8),
                random(3, 32, 8),
                random(4, 32),
                random(5, 8, 32),
                random(6, 8));
    }

    @Test
    void routesGiveTheSameProductsAndGradients() {
        NDArray few = random(9, 3, 5, 8);
        NDArray many = random(9, 11, 100, 8); // only products of many rows go by another route
        try (Operators linear = operators(Precision.FP32, MatrixRoute.LINEAR);
                Operators convolution = operators(Precision.FP32, MatrixRoute.CONVOLUTION);
                Autograd.Recording recording = Autograd.record()) {
            for (NDArray x : List.of(few, many)) {
                x.setRequiresGradient(true);
                NDArray plain = mlp(linear, true, x);
                NDArray routed = mlp(convolution, true, x);
                assertArrayEquals(plain.toFloatArray(), routed.toFloatArray(), 1e-4f);
                assertArrayEquals(gradient(linear, plain, x), gradient(convolution, routed, x), 1e-3f);
            }
        }
    }

    @Test
    void gradientsFlowOnlyThroughRecordedCalls() {
        NDArray x = random(9, 3, 5, 8);
        x.setRequiresGradient(true);
        try (Operators operators = operators(Precision.FP32, MatrixRoute.LINEAR)) {
            NDArray y;
            try (Autograd.Recording recording = Autograd.record()) {
                y = mlp(operators, true, x);
                Autograd.backward(y, y.onesLike());
            }
            float[] once = x.getGradient().toFloatArray();
            assertFalse(java.util.Arrays.equals(once, new float[once.length]));
            NDArray inference = mlp(operators, false, x);
            assertArrayEquals(y.toFloatArray(), inference.toFloatArray(), 1e-6f);
            try (Autograd.Recording recording = Autograd.record()) {
                assertThrows(Exception.class, () -> Autograd.backward(inference, inference.onesLike()));
            }
        }
    }

    @Test
    void gradientsAreNewTensorsThatDoNotAddUp() {
        NDArray x = random(9, 3, 5, 8);
        x.setRequiresGradient(true);
        try (Operators operators = operators(Precision.FP32, MatrixRoute.LINEAR)) {
            float[] accumulated;
            float[] once;
            float[] again;
            try (Autograd.Recording recording = Autograd.record()) {
                NDArray y = mlp(operators, true, x);
                Autograd.backward(y, y.onesLike());
                accumulated = x.getGradient().toFloatArray();
                once = gradient(operators, mlp(operators, true, x), x);
                again = gradient(operators, mlp(operators, true, x), x);
            }
            assertArrayEquals(accumulated, once, 1e-6f);
            assertArrayEquals(once, again, 1e-6f);
        }
    }

    private static float[] gradient(Operators operators, NDArray y, NDArray x) {
        return operators
                .gradients(List.of(y), List.of(y.onesLike()), List.of(x))
                .get(0)
                .toFloatArray();
    }

    @Test
    void addsListsInPlace() {
        try (Operators operators = operators(Precision.FP32, MatrixRoute.LINEAR)) {
            NDArray a = manager.create(new float[] {1, 2});
            NDArray b = manager.create(3f);
            operators.add(List.of(a, b), List.of(manager.create(new float[] {10, 20}), manager.create(30f)));
            assertArrayEquals(new float[] {11, 22}, a.toFloatArray());
            assertEquals(33f, b.getFloat());
        }
    }

    @Test
    void clampWorksInPlace() {
        try (Operators operators = operators(Precision.FP32, MatrixRoute.LINEAR)) {
            NDArray x = manager.create(new float[] {-1, 0.5f, 7});
            operators.clamp(x, 0, 4.6);
            assertArrayEquals(new float[] {0, 0.5f, 4.6f}, x.toFloatArray(), 1e-6f);
        }
    }

    @Test
    void sourceThatDoesNotCompileIsRefusedWithTheParsersWords() {
        String source = "class Broken(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + "  def f(self: __torch__.Broken, x: Tensor) -> Tensor:\n    return torch.no_such_operator(x)\n";
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> TorchScriptCompiler.compile(manager, source, "Broken"));
        assertTrue(error.getMessage().contains("no_such_operator"), error.getMessage());
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new OperatorSettings(0, false, Precision.FP32, MatrixRoute.LINEAR));
        assertThrows(IllegalArgumentException.class, () -> Torch.setThreads(0));
        assertThrows(IllegalArgumentException.class, () -> new Operators.AdamWConstants(1, 0.9, 1e-6));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Precision.parse("fp16"))
                .getMessage()
                .contains("fp32 or bf16"));
    }

    /** What is compiled for a GPU can be read by the engine's compiler here; it cannot be called. */
    @ParameterizedTest
    @CsvSource({"FP32, LINEAR", "FP32, CONVOLUTION", "BF16, LINEAR"})
    void theFormForAGpuCompiles(Precision precision, MatrixRoute route) {
        String prelude = new OperatorSettings(2, false, precision, route).prelude(Device.gpu(1));
        assertTrue(prelude.contains("pin_memory=True") && prelude.contains("torch.device(\"cuda:1\"), None, True"));
        TorchScriptCompiler.compile(manager, prelude + Resources.text(Operators.class, Operators.SOURCE), "Operators")
                .close();
    }

    /** Attention takes bfloat16 as it comes on a GPU, and float32 on a CPU. */
    @Test
    void attentionIsInTheProductsFormatOnAGpu() {
        OperatorSettings settings = new OperatorSettings(2, false, Precision.BF16, MatrixRoute.LINEAR);
        String attention = "def attention_input(x: Tensor) -> Tensor:\n  return ";
        assertTrue(settings.prelude(Device.gpu()).contains(attention + "x\n"));
        assertTrue(settings.prelude(Device.cpu()).contains(attention + "torch.to(x, 6)\n"));
    }

    @Test
    void whatIsStagedIsATensorLikeAnyOther() {
        try (Operators operators = operators(Precision.FP32, MatrixRoute.LINEAR);
                Autograd.Recording recording = Autograd.record()) {
            NDManager owner = manager.newSubManager();
            NDArray floats = operators.staged(
                    owner,
                    new Shape(2, 2),
                    DataType.FLOAT32,
                    memory -> memory.asFloatBuffer().put(new float[] {1, 2, 3, 4}));
            NDArray longs = operators.staged(
                    owner,
                    new Shape(2),
                    DataType.INT64,
                    memory -> memory.asLongBuffer().put(new long[] {1, 1L << 40}));
            assertEquals(2, owner.getManagedArrays().size());
            assertArrayEquals(new float[] {1, 2, 3, 4}, floats.toFloatArray());
            assertArrayEquals(new long[] {1, 1L << 40}, longs.toLongArray());

            NDArray weight = random(1, 3, 2);
            weight.setRequiresGradient(true);
            NDArray product = operators.call("project", true, floats, weight.transpose());
            NDArray gradient = operators
                    .gradients(List.of(product), List.of(product.onesLike()), List.of(weight))
                    .get(0);
            assertArrayEquals(new float[] {4, 6, 4, 6, 4, 6}, gradient.toFloatArray());
            owner.close();
        }
    }

    @Test
    void copiesIntoAPartOfATensor() {
        try (Operators operators = operators(Precision.FP32, MatrixRoute.LINEAR)) {
            NDArray all = manager.zeros(new Shape(3, 2));
            operators.copy(all.get("1:2"), manager.create(new float[] {5, 6}, new Shape(1, 2)));
            assertArrayEquals(new float[] {0, 0, 5, 6, 0, 0}, all.toFloatArray());
        }
    }
}
