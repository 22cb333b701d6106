package org.glip.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.files.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file open for reading; numbers of any of its formats are read as float32. Files are written in
 * float32, or float16 where that is asked for, all or nothing.
 *
 * <p>A file that is truncated or whose header disagrees with its length is refused on opening, by an
 * {@link IOException} that names the file and what is wrong.
 *
 * <p>Not DJL's {@code NDList.decode}, which allocates on the header's word, drops the metadata (a model's provenance),
 * counts bytes in 32 bits, and holds the whole file on the heap.
 */
public final class SafetensorsFile implements StoredWeights {
    /** The most bytes that a header may take, as the format's own library limits it. */
    public static final long MAX_HEADER_BYTES = SafetensorsHeader.MAX_HEADER_BYTES;

    private static final int LENGTH_BYTES = 8;

    private final Path path;
    private final FileChannel channel;
    private final long dataStart;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, FileChannel channel, long dataStart, SafetensorsHeader header) {
        this.path = path;
        this.channel = channel;
        this.dataStart = dataStart;
        this.header = header;
    }

    /**
     * Opens a file and checks its header.
     *
     * @param path a safetensors file
     * @return the file, to be closed
     * @throws IOException where the file cannot be read or is not well formed
     */
    public static SafetensorsFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            long size = channel.size();
            if (size < LENGTH_BYTES) {
                throw new IOException("it is shorter than the 8 bytes of a header's length");
            }
            long length = read(channel, 0, LENGTH_BYTES).getLong();
            if (length < 2 || length > MAX_HEADER_BYTES) {
                throw new IOException(
                        "it does not begin with the length of a header: it is damaged, or another format");
            }
            if (length > size - LENGTH_BYTES) {
                throw new IOException("its header should have " + length + " bytes, of which the file has only "
                        + (size - LENGTH_BYTES) + ": the download or the copy ended early");
            }
            ByteBuffer json = read(channel, LENGTH_BYTES, (int) length);
            long dataStart = LENGTH_BYTES + length;
            return new SafetensorsFile(path, channel, dataStart, SafetensorsHeader.parse(json, size - dataStart));
        } catch (IOException e) {
            channel.close();
            throw new IOException(path + " is not a well-formed safetensors file: " + Reasons.of(e), e);
        }
    }

    /** Gives the rows of a matrix as they are computed, so that a long matrix is never in memory as a whole. */
    @FunctionalInterface
    public interface RowSource {
        /**
         * Computes the next rows.
         *
         * @return one or more whole rows, one after the other, or null at the end
         * @throws IOException where they cannot be had; then no file appears
         */
        float @Nullable [] next() throws IOException;
    }

    /**
     * A matrix whose rows are computed while it is written.
     *
     * @param rows number of rows
     * @param columns numbers of a row
     * @param source gives that many rows
     */
    public record Matrix(long rows, int columns, RowSource source) {}

    /**
     * Writes tensors of the engine.
     *
     * @param file target
     * @param tensors name to float32 tensor
     * @param metadata free texts for the header
     * @throws IOException where writing fails; the target is as it was
     */
    public static void write(Path file, Map<String, NDArray> tensors, Map<String, String> metadata) throws IOException {
        SafetensorsWriter.write(file, tensors, metadata);
    }

    /**
     * Writes tensors of the engine in float16, each number as the nearest there is.
     *
     * @param file target
     * @param tensors name to float32 tensor
     * @param metadata free texts for the header
     * @throws IOException where writing fails; the target is as it was
     * @throws IllegalArgumentException where a number is beyond 65504 or none; the tensor is named, the target is as it
     *     was
     */
    public static void writeHalf(Path file, Map<String, NDArray> tensors, Map<String, String> metadata)
            throws IOException {
        SafetensorsWriter.writeHalf(file, tensors, metadata);
    }

    /**
     * Writes matrices row by row.
     *
     * @param file target
     * @param matrices name to matrix
     * @param metadata free texts for the header
     * @throws IOException where writing fails or a source fails; the target is as it was
     * @throws IllegalArgumentException where a source gives another number of rows than its matrix has
     */
    public static void writeMatrices(Path file, Map<String, Matrix> matrices, Map<String, String> metadata)
            throws IOException {
        SafetensorsWriter.writeMatrices(file, matrices, metadata);
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("it ends early");
            }
        }
        return buffer.flip();
    }

    @Override
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        header.tensors().forEach((name, entry) -> shapes.put(name, new Shape(entry.shape())));
        return shapes;
    }

    @Override
    public String origin() {
        return path.toString();
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape) {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null || !new Shape(entry.shape()).equals(shape)) {
            throw new IllegalArgumentException(path + " has no tensor '" + name + "' of shape " + shape);
        }
        try {
            ByteBuffer bytes = read(channel, dataStart + entry.begin(), Math.toIntExact(entry.end() - entry.begin()));
            return manager.create(entry.type().toFloats(bytes), shape, DataType.FLOAT32);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ", tensor '" + name + "': " + Reasons.of(e), e);
        }
    }

    /**
     * Reads one tensor into an array.
     *
     * @param name its name
     * @return its numbers, row by row
     * @throws IOException where the file lacks it or cannot be read
     */
    public float[] floats(String name) throws IOException {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new IOException(path + " has no tensor '" + name + "'; it has "
                    + header.tensors().keySet());
        }
        ByteBuffer bytes = read(channel, dataStart + entry.begin(), Math.toIntExact(entry.end() - entry.begin()));
        FloatBuffer floats = entry.type().toFloats(bytes);
        float[] values = new float[floats.remaining()];
        floats.get(values);
        return values;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
