package org.glip.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Brings numbers from Java's heap to where tensors live; {@link Operators} does it without waiting for a GPU. */
@FunctionalInterface
public interface Upload {
    /**
     * Makes a tensor.
     *
     * @param owner its owner, on whose device it lives
     * @param shape its shape; at most 2³¹−1 bytes
     * @param type float32 or int64
     * @param fill puts the numbers into memory, row by row; the memory is in the processor's byte order
     * @return the tensor
     */
    NDArray tensor(NDManager owner, Shape shape, DataType type, Consumer<ByteBuffer> fill);

    /**
     * Makes a tensor of whole numbers.
     *
     * @param owner its owner
     * @param shape its shape
     * @param numbers row by row
     * @return the tensor, int64
     */
    default NDArray longs(NDManager owner, Shape shape, long... numbers) {
        return tensor(
                owner, shape, DataType.INT64, memory -> memory.asLongBuffer().put(numbers));
    }

    /** {@return the engine's own way: on a CPU the tensor takes over the memory, on a GPU the copy is waited for} */
    static Upload plain() {
        return (owner, shape, type, fill) -> {
            ByteBuffer memory = owner.allocateDirect(Math.toIntExact(type.getNumOfBytes() * shape.size()));
            fill.accept(memory);
            return owner.create(memory.rewind(), shape, type);
        };
    }

    /**
     * Makes a tensor that stays on the host, for what operators take as sizes: to read a size from a GPU would be to
     * wait for all that was queued there.
     *
     * @param owner its owner, which may be on a GPU
     * @param shape its shape
     * @param numbers row by row
     * @return the tensor, int64
     */
    static NDArray onHost(NDManager owner, Shape shape, long... numbers) {
        if (!owner.getDevice().isGpu()) {
            return owner.create(numbers, shape);
        }
        try (NDManager host = owner.newSubManager(Device.cpu())) {
            NDArray tensor = host.create(numbers, shape);
            tensor.attach(owner); // else it would go with the host's manager, or that one would stay
            return tensor;
        }
    }
}
