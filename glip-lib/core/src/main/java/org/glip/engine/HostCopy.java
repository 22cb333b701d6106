package org.glip.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;

/**
 * Reads tensors. On a GPU each reading waits for all that was queued before, so a step of training has one.
 *
 * <p>All readings go through here: those of {@link NDArray} itself make, for a tensor on a GPU, a manager of the host's
 * that lives as long as the tensor's own, one more for each reading.
 */
public final class HostCopy {
    private HostCopy() {}

    /**
     * Reads a tensor of one number.
     *
     * @param tensor float32 of one number
     * @return the number
     */
    public static float number(NDArray tensor) {
        return floats(tensor)[0];
    }

    /**
     * Reads a tensor.
     *
     * @param tensor float32
     * @return its numbers, row by row
     */
    public static float[] floats(NDArray tensor) {
        return read(tensor, NDArray::toFloatArray);
    }

    /**
     * Reads a tensor.
     *
     * @param tensor int64
     * @return its numbers, row by row
     */
    public static long[] longs(NDArray tensor) {
        return read(tensor, NDArray::toLongArray);
    }

    /**
     * Reads a tensor.
     *
     * @param tensor of truth values
     * @return its values, row by row
     */
    public static boolean[] booleans(NDArray tensor) {
        return read(tensor, NDArray::toBooleanArray);
    }

    /**
     * Reads a tensor.
     *
     * @param tensor of bytes
     * @return its bytes, row by row
     */
    public static byte[] bytes(NDArray tensor) {
        return read(tensor, NDArray::toByteArray);
    }

    /**
     * Takes what lies in memory.
     *
     * @param <E> what it throws
     */
    @FunctionalInterface
    public interface Reader<E extends Exception> {
        /**
         * Takes the bytes of a tensor.
         *
         * @param memory row by row, in the processor's byte order; nothing of it is to be kept
         * @throws E where it cannot
         */
        void read(ByteBuffer memory) throws E;
    }

    /**
     * Lends a tensor's memory; of a tensor on a GPU, a copy on the host.
     *
     * @param tensor any
     * @param reader takes the bytes
     * @param <E> what the reader throws
     * @throws E what the reader throws
     */
    public static <E extends Exception> void memory(NDArray tensor, Reader<E> reader) throws E {
        read(tensor, host -> {
            reader.read(host.toByteBuffer(true));
            return host;
        });
    }

    @FunctionalInterface
    private interface Reading<T, E extends Exception> {
        T of(NDArray onHost) throws E;
    }

    private static <T, E extends Exception> T read(NDArray tensor, Reading<T, E> reading) throws E {
        if (!tensor.getDevice().isGpu()) {
            return reading.of(tensor);
        }
        try (NDManager pass = tensor.getManager().newSubManager()) {
            NDArray same = tensor.stopGradient();
            same.attach(pass); // so that the host's manager becomes one of this pass
            return reading.of(same.toDevice(Device.cpu(), false));
        }
    }
}
