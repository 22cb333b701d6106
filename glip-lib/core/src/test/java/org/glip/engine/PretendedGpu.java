package org.glip.engine;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.lang.reflect.Field;
import java.util.Map;

/** A GPU as far as the engine's Java side sees it: its memory is the CPU's. */
final class PretendedGpu {
    private PretendedGpu() {}

    /**
     * A copy of a tensor that says it lies on a GPU.
     *
     * @param gpu a manager of {@code Device.gpu()}
     */
    static NDArray tensor(NDManager gpu, NDArray onCpu) {
        PtNDArray copy = (PtNDArray) onCpu.duplicate();
        copy.detach(); // never closed: the tensor below has its memory
        return new PtNDArray((PtNDManager) gpu, copy.getHandle()) {
            @Override
            public Device getDevice() {
                return Device.gpu();
            }
        };
    }

    /** How many tensors and managers a manager owns. */
    static int resources(NDManager manager) {
        try {
            Field field = BaseNDManager.class.getDeclaredField("resources");
            field.setAccessible(true);
            return ((Map<?, ?>) field.get(manager)).size();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the engine keeps what a manager owns elsewhere", e);
        }
    }
}
