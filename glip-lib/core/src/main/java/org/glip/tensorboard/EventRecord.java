package org.glip.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The records of an event file. Each is a message {@code tensorflow.Event} in TFRecord's frame: its length (8 bytes),
 * the checksum of these, the message, and its checksum, all in little-endian order. Numbers of fields are those of
 * TensorFlow's {@code event.proto} and {@code summary.proto}.
 */
final class EventRecord {
    /** From this version on, TensorBoard takes the start of a session for what it is. */
    private static final String VERSION = "brain.Event:2";

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;

    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;

    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;

    private static final int CHECKSUM_ROTATION = 15;
    private static final int CHECKSUM_DELTA = 0xa282ead8;

    private EventRecord() {}

    /** The first of a file. */
    static byte[] version(double wallTime) {
        return framed(event(wallTime, 0).text(FILE_VERSION, VERSION));
    }

    /**
     * The beginning of a session, at the first step that it will tell of: what an earlier file says of that step and
     * later ones counts no more.
     */
    static byte[] sessionStart(double wallTime, long firstStep) {
        return framed(event(wallTime, firstStep)
                .message(SESSION_LOG, new ProtoMessage().whole(SESSION_STATUS, SESSION_START)));
    }

    /** Scalars of a step, in the order of the map. */
    static byte[] scalars(double wallTime, long step, Map<String, Double> scalars) {
        ProtoMessage summary = new ProtoMessage();
        scalars.forEach((tag, value) -> summary.message(
                SUMMARY_VALUE, new ProtoMessage().text(VALUE_TAG, tag).number(VALUE_SIMPLE, value.floatValue())));
        return framed(event(wallTime, step).message(SUMMARY, summary));
    }

    /** A step of zero is the default, and left out. */
    private static ProtoMessage event(double wallTime, long step) {
        ProtoMessage event = new ProtoMessage().number(WALL_TIME, wallTime);
        return step == 0 ? event : event.whole(STEP, step);
    }

    private static byte[] framed(ProtoMessage event) {
        byte[] message = event.toBytes();
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + message.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(message.length);
        record.putInt(checksum(record.array(), 0, Long.BYTES));
        record.put(message);
        record.putInt(checksum(message, 0, message.length));
        return record.array();
    }

    /** CRC-32C, turned and moved, so that the checksum of what holds checksums is not a special one. */
    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, offset, length);
        return Integer.rotateRight((int) sum.getValue(), CHECKSUM_ROTATION) + CHECKSUM_DELTA;
    }
}
