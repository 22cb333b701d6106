package org.glip.model.weights;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.glip.engine.HostCopy;
import org.glip.files.AtomicFile;
import org.glip.model.weights.StoredWeights.NumberFormat;

/**
 * Writes tensors as a safetensors file, in float32 or float16, all or nothing. Not DJL's {@code NDList.encode}, which
 * has no place for the metadata and counts bytes in 32 bits.
 */
final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /** A tensor to be written; its body is in the format, little endian, row by row. */
    private record Tensor(NumberFormat format, long[] shape, Body body) {
        long bytes() {
            return format.bytes() * LongStream.of(shape).reduce(1, Math::multiplyExact);
        }
    }

    /** What writes the numbers of a tensor. */
    @FunctionalInterface
    private interface Body {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** What writes the numbers of an array in a format. */
    @FunctionalInterface
    private interface Numbers {
        void writeTo(String name, NDArray array, FileChannel channel) throws IOException;
    }

    /** See {@link SafetensorsFile#write}. */
    static void write(Path file, Map<String, NDArray> tensors, Map<String, String> metadata) throws IOException {
        write(
                file,
                NumberFormat.F32,
                tensors,
                (name, array, channel) -> HostCopy.memory(array, bytes -> writeFully(channel, bytes)),
                metadata);
    }

    /** See {@link SafetensorsFile#writeHalf}. */
    static void writeHalf(Path file, Map<String, NDArray> tensors, Map<String, String> metadata) throws IOException {
        write(
                file,
                NumberFormat.F16,
                tensors,
                (name, array, channel) -> writeFully(channel, halves(name, HostCopy.floats(array))),
                metadata);
    }

    /** Each tensor is turned into bytes when its turn comes, so that one at a time is in memory twice. */
    private static void write(
            Path file, NumberFormat format, Map<String, NDArray> tensors, Numbers numbers, Map<String, String> metadata)
            throws IOException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        tensors.forEach((name, array) -> all.put(
                name,
                new Tensor(format, array.getShape().getShape(), channel -> numbers.writeTo(name, array, channel))));
        writeAll(file, all, metadata);
    }

    private static ByteBuffer halves(String name, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Short.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            try {
                bytes.putShort(HalfPrecision.fromFloat(value));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("tensor '" + name + "': " + e.getMessage(), e);
            }
        }
        return bytes.flip();
    }

    /** See {@link SafetensorsFile#writeMatrices}. */
    static void writeMatrices(Path file, Map<String, SafetensorsFile.Matrix> matrices, Map<String, String> metadata)
            throws IOException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        matrices.forEach((name, matrix) -> all.put(
                name,
                new Tensor(
                        NumberFormat.F32,
                        new long[] {matrix.rows(), matrix.columns()},
                        channel -> writeRows(channel, name, matrix))));
        writeAll(file, all, metadata);
    }

    private static void writeRows(FileChannel channel, String name, SafetensorsFile.Matrix matrix) throws IOException {
        long numbers = matrix.rows() * matrix.columns();
        long written = 0;
        for (float[] rows = matrix.source().next();
                rows != null;
                rows = matrix.source().next()) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(Math.multiplyExact(4, rows.length)).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(rows);
            writeFully(channel, bytes);
            written += rows.length;
        }
        if (written != numbers) {
            throw new IllegalArgumentException(
                    "matrix '" + name + "' was to have " + numbers + " numbers, not " + written);
        }
    }

    private static void writeAll(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        byte[] header = header(tensors, metadata);
        AtomicFile.write(file, channel -> {
            writeFully(
                    channel,
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(header.length)
                            .flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (Tensor tensor : tensors.values()) {
                tensor.body.writeTo(channel);
            }
        });
    }

    private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        JsonObject header = new JsonObject();
        JsonObject texts = new JsonObject();
        texts.addProperty("format", "pt"); // open_clip and its kin ask for this mark
        metadata.forEach(texts::addProperty);
        header.add("__metadata__", texts);
        long position = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            JsonArray shape = new JsonArray();
            long end = position + tensor.getValue().bytes();
            LongStream.of(tensor.getValue().shape).forEach(shape::add);
            JsonArray offsets = new JsonArray();
            offsets.add(position);
            offsets.add(end);
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", tensor.getValue().format.name());
            entry.add("shape", shape);
            entry.add("data_offsets", offsets);
            header.add(tensor.getKey(), entry);
            position = end;
        }
        String json = header.toString();
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((8 - bytes % 8) % 8)).getBytes(StandardCharsets.UTF_8); // data start aligned
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
