package org.glip.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A message of protocol buffers while it is put together (protobuf.dev, "Encoding"). Fields must come in the order of
 * their numbers to be laid out as by protobuf's own writers; which of them have a default that is left out is the
 * caller's to know.
 */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private static final int BITS_OF_WIRE_TYPE = 3;
    private static final int MORE = 0x80;
    private static final int BITS_OF_PART = 7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ProtoMessage whole(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    ProtoMessage number(int field, double value) {
        tag(field, FIXED_64);
        littleEndian(Double.doubleToRawLongBits(value), Long.BYTES);
        return this;
    }

    ProtoMessage number(int field, float value) {
        tag(field, FIXED_32);
        littleEndian(Float.floatToRawIntBits(value), Integer.BYTES);
        return this;
    }

    ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoMessage message(int field, ProtoMessage value) {
        return bytes(field, value.toBytes());
    }

    private ProtoMessage bytes(int field, byte[] value) {
        tag(field, LENGTH_DELIMITED);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void tag(int field, int wireType) {
        varint((long) field << BITS_OF_WIRE_TYPE | wireType);
    }

    /** Seven bits a byte, the lowest first. */
    private void varint(long value) {
        long rest = value;
        while ((rest & -MORE) != 0) {
            bytes.write((int) rest & (MORE - 1) | MORE);
            rest >>>= BITS_OF_PART;
        }
        bytes.write((int) rest);
    }

    private void littleEndian(long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes.write((int) (value >>> (Byte.SIZE * i)));
        }
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
