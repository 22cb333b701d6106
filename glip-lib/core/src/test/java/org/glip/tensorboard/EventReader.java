package org.glip.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Reads event files as TensorBoard does: those of a folder by name, and where a second session begins, without what was
 * said of its first step and later ones before.
 */
public final class EventReader {
    private final Map<Long, Map<String, Float>> steps = new TreeMap<>();
    private int sessions;

    private EventReader() {}

    /** The event files of a folder, by name. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** The scalars of each step that TensorBoard would show; fails where a step comes twice. */
    public static Map<Long, Map<String, Float>> read(Path folder) throws IOException {
        EventReader reader = new EventReader();
        for (Path file : files(folder)) {
            reader.add(file);
        }
        return reader.steps;
    }

    private void add(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int begin = bytes.position();
            int length = Math.toIntExact(bytes.getLong());
            assertChecksum(bytes, begin, Long.BYTES, bytes.getInt());
            event(bytes.slice(begin + 12, length).order(ByteOrder.LITTLE_ENDIAN));
            bytes.position(begin + 12 + length);
            assertChecksum(bytes, begin + 12, length, bytes.getInt());
        }
    }

    private static void assertChecksum(ByteBuffer bytes, int begin, int length, int found) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.array(), begin, length);
        long value = sum.getValue();
        long masked = ((value >>> 15 | value << 17) + 0xa282ead8L) & 0xffffffffL;
        assertEquals(masked, Integer.toUnsignedLong(found));
    }

    private void event(ByteBuffer event) {
        long step = 0;
        while (event.hasRemaining()) {
            switch ((int) varint(event)) {
                case 1 << 3 | 1 -> event.getDouble();
                case 2 << 3 -> step = varint(event);
                case 3 << 3 | 2 -> assertEquals("brain.Event:2", text(event));
                case 5 << 3 | 2 -> {
                    Map<String, Float> scalars = new TreeMap<>();
                    summary(part(event), scalars);
                    assertEquals(null, steps.put(step, scalars), "step " + step + " comes twice");
                }
                case 7 << 3 | 2 -> {
                    long first = step;
                    part(event);
                    if (++sessions > 1) {
                        steps.keySet().removeIf(done -> done >= first);
                    }
                }
                default -> throw new AssertionError("a field that is not known");
            }
        }
    }

    private static void summary(ByteBuffer summary, Map<String, Float> scalars) {
        while (summary.hasRemaining()) {
            assertEquals(1 << 3 | 2, varint(summary));
            ByteBuffer value = part(summary);
            assertEquals(1 << 3 | 2, varint(value));
            String tag = text(value);
            assertEquals(2 << 3 | 5, varint(value));
            scalars.put(tag, value.getFloat());
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(part(bytes)).toString();
    }

    private static ByteBuffer part(ByteBuffer bytes) {
        int length = Math.toIntExact(varint(bytes));
        ByteBuffer part = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        return part;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes.get();
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }
}
