package org.glip.parts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An entry of a zip archive, whose checksum is compared at its end, which {@link ZipFile} leaves to its user. */
final class CheckedEntry extends FilterInputStream {
    private final String name;
    private final long size;
    private final long expected;
    private final CRC32 sum = new CRC32();
    private long read;

    CheckedEntry(ZipFile zip, ZipEntry entry) throws IOException {
        super(zip.getInputStream(entry));
        this.name = zip.getName() + ", " + entry.getName();
        this.size = entry.getSize();
        this.expected = entry.getCrc();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
            count = super.read(bytes, offset, length);
        } catch (ZipException e) {
            throw new IOException(name + " is damaged: " + e.getMessage(), e);
        }
        if (count > 0) {
            sum.update(bytes, offset, count);
            read += count;
        }
        boolean isOver = count < 0 || read >= size;
        if (isOver && (read != size || sum.getValue() != expected)) {
            throw new IOException(name + " is damaged: its checksum is another");
        }
        return count;
    }
}
