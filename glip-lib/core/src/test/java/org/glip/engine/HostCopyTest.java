package org.glip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostCopyTest {
    private final NDManager cpu = Torch.newManager(Device.cpu());

    /** A manager that takes its device for a GPU; what it is given lies on the CPU, and this it does not notice. */
    private final NDManager gpu = Torch.newManager(Device.gpu());

    @AfterEach
    void close() {
        gpu.close();
        cpu.close();
    }

    private NDArray pretended(NDArray onCpu) {
        NDArray tensor = PretendedGpu.tensor(gpu, onCpu);
        assertEquals(Device.gpu(), tensor.getDevice());
        return tensor;
    }

    @Test
    void readsWhatIsThere() {
        for (boolean pretends : new boolean[] {false, true}) {
            NDArray floats = cpu.create(new float[] {1.5f, -2, 3, 4}, new Shape(2, 2));
            NDArray longs = cpu.create(new long[] {7, 1L << 40});
            NDArray bytes = cpu.create(new byte[] {1, -1});
            NDArray truths = cpu.create(new boolean[] {true, false});
            assertArrayEquals(new float[] {1.5f, -2, 3, 4}, HostCopy.floats(pretends ? pretended(floats) : floats));
            assertArrayEquals(new long[] {7, 1L << 40}, HostCopy.longs(pretends ? pretended(longs) : longs));
            assertArrayEquals(new byte[] {1, -1}, HostCopy.bytes(pretends ? pretended(bytes) : bytes));
            assertArrayEquals(new boolean[] {true, false}, HostCopy.booleans(pretends ? pretended(truths) : truths));
            assertEquals(2.5f, HostCopy.number(pretends ? pretended(cpu.create(2.5f)) : cpu.create(2.5f)));
            HostCopy.memory(pretends ? pretended(floats) : floats, memory -> {
                FloatBuffer numbers = memory.asFloatBuffer();
                assertEquals(4, numbers.remaining());
                assertEquals(-2, numbers.get(1));
            });
        }
    }

    /** DJL's own readings leave a manager each; that they do is what this class is for. */
    @Test
    void readingAGpuLeavesNothingInItsManager() {
        NDArray tensor = pretended(cpu.create(new float[] {1, 2}));
        int before = PretendedGpu.resources(gpu);
        for (int i = 0; i < 20; i++) {
            HostCopy.floats(tensor);
            HostCopy.memory(tensor, memory -> {});
        }
        assertEquals(before, PretendedGpu.resources(gpu));
        tensor.toFloatArray();
        assertEquals(before + 1, PretendedGpu.resources(gpu));
    }

    @Test
    void sizesStayOnTheHostAndLeaveNoManager() {
        int before = PretendedGpu.resources(gpu);
        NDArray sizes = Upload.onHost(gpu, new Shape(1, 2), 3, 4);
        assertEquals(Device.cpu(), sizes.getDevice());
        assertEquals(DataType.INT64, sizes.getDataType());
        assertArrayEquals(new long[] {3, 4}, sizes.toLongArray());
        assertEquals(before + 1, PretendedGpu.resources(gpu));
        sizes.close();
        assertEquals(before, PretendedGpu.resources(gpu));
    }
}
