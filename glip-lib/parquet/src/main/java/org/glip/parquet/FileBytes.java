package org.glip.parquet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A stretch of a file as a stream; several of them share the file. */
final class FileBytes extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel file;
    private final long end;
    private long position;

    private FileBytes(FileChannel file, long start, long length) {
        this.file = file;
        this.position = start;
        this.end = start + length;
    }

    /**
     * Opens a stretch, which is read through a buffer.
     *
     * @param start its first byte, which is in the file
     * @param length in bytes; no byte behind them is given
     */
    static InputStream of(FileChannel file, long start, long length) {
        return new BufferedInputStream(new FileBytes(file, start, length), BUFFER_BYTES);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int wanted = (int) Math.min(length, end - position);
        int read = wanted <= 0 ? -1 : file.read(ByteBuffer.wrap(target, offset, wanted), position);
        position += Math.max(0, read);
        return read;
    }
}
