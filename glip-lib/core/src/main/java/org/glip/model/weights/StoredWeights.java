package org.glip.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.ParameterList;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;

/** Weights in a file, by open_clip's names. */
public interface StoredWeights extends Closeable {
    /** Number formats of stored tensors, under safetensors' names; all are read as float32. */
    public enum NumberFormat {
        /** Float64. */
        F64(8),
        /** Float32. */
        F32(4),
        /** Float16 (IEEE half precision). */
        F16(2),
        /** Bfloat16. */
        BF16(2),
        /** Signed integers of 64 bits. */
        I64(8),
        /** Signed integers of 32 bits. */
        I32(4),
        /** Signed integers of 16 bits. */
        I16(2),
        /** Signed integers of 8 bits. */
        I8(1),
        /** Unsigned integers of 8 bits. */
        U8(1),
        /** Truth values, a byte each. */
        BOOL(1);

        private final int bytes;

        NumberFormat(int bytes) {
            this.bytes = bytes;
        }

        /** {@return what one number takes, in bytes} */
        public int bytes() {
            return bytes;
        }

        /**
         * {@return the remaining numbers of a little-endian buffer; float32 is viewed, not copied}
         *
         * @param buffer numbers of this format, little-endian
         */
        public FloatBuffer toFloats(ByteBuffer buffer) {
            if (this == F32) {
                return buffer.asFloatBuffer();
            }
            FloatBuffer floats = FloatBuffer.allocate(buffer.remaining() / bytes);
            while (floats.hasRemaining()) {
                floats.put(
                        switch (this) {
                            case F64 -> (float) buffer.getDouble();
                            case F32 -> buffer.getFloat();
                            case F16 -> HalfPrecision.toFloat(buffer.getShort());
                            case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
                            case I64 -> (float) buffer.getLong();
                            case I32 -> (float) buffer.getInt();
                            case I16 -> buffer.getShort();
                            case I8 -> buffer.get();
                            case U8, BOOL -> buffer.get() & 0xFF;
                        });
            }
            return floats.flip();
        }
    }

    /**
     * Returns what is in the file.
     *
     * @return name to shape
     */
    Map<String, Shape> shapes();

    /**
     * Tells where the weights come from, for messages.
     *
     * @return a path
     */
    String origin();

    /**
     * Returns the free texts that a file may hold beside its tensors.
     *
     * @return name to text
     */
    default Map<String, String> metadata() {
        return Map.of();
    }

    /**
     * Reads one tensor as float32.
     *
     * @param manager owner of the result
     * @param name its name
     * @param shape its expected shape
     * @return the tensor
     */
    NDArray tensor(NDManager manager, String name, Shape shape);

    /**
     * Compares the file with what a model needs.
     *
     * @param parameters the model's parameters
     * @throws IllegalArgumentException that names the first tensors that are missing, left over or of another shape
     */
    default void requireMatch(ParameterList parameters) {
        Mismatch mismatch = new Mismatch(shapes(), parameters);
        if (!mismatch.isNone()) {
            throw new IllegalArgumentException(origin() + " does not fit the model: " + mismatch);
        }
    }

    /** Frees what is held open. */
    @Override
    default void close() throws IOException {
        // weights in memory hold nothing
    }
}
