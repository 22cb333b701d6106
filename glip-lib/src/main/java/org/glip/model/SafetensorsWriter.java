package org.glip.model;

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
import org.glip.files.AtomicFile;

/** Writes float32 tensors as a safetensors file, all or nothing. */
public final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /** A tensor to be written: {@code bytes} are float32, little endian, row by row. */
    private record Tensor(long[] shape, ByteBuffer bytes) {}

    /**
     * Writes tensors of the engine.
     *
     * @param file target
     * @param tensors name to float32 tensor
     * @param metadata free texts for the header
     * @throws IOException where writing fails; the target is as it was
     */
    public static void write(Path file, Map<String, NDArray> tensors, Map<String, String> metadata) throws IOException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
            NDArray array = tensor.getValue();
            all.put(tensor.getKey(), new Tensor(array.getShape().getShape(), array.toByteBuffer(true)));
        }
        writeAll(file, all, metadata);
    }

    /**
     * Writes matrices held in plain arrays.
     *
     * @param file target
     * @param matrices name to numbers, row by row
     * @param columns columns of each matrix
     * @param metadata free texts for the header
     * @throws IOException where writing fails; the target is as it was
     */
    public static void writeMatrices(
            Path file, Map<String, float[]> matrices, int columns, Map<String, String> metadata) throws IOException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (Map.Entry<String, float[]> matrix : matrices.entrySet()) {
            float[] values = matrix.getValue();
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            all.put(matrix.getKey(), new Tensor(new long[] {values.length / columns, columns}, bytes));
        }
        writeAll(file, all, metadata);
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
                writeFully(channel, tensor.bytes.duplicate());
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
            for (long dimension : tensor.getValue().shape) {
                shape.add(dimension);
            }
            long end = position + tensor.getValue().bytes.remaining();
            JsonArray offsets = new JsonArray();
            offsets.add(position);
            offsets.add(end);
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "F32");
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
