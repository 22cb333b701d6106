package org.glip.model.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Number formats of stored tensors, under safetensors' names; all are read as float32. */
public enum NumberFormat {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    NumberFormat(int bytes) {
        this.bytes = bytes;
    }

    /** Returns what one number takes, in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Returns the remaining numbers of a little-endian buffer; float32 is viewed, not copied. */
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
