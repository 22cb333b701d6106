package org.glip.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Builds tar files member by member, for shards that {@link WebDatasetWriter} would refuse to write, and damages them.
 */
final class RawTar {
    static final int RECORD = 512;
    private static final int SIZE_OFFSET = 124;
    private static final int CHECKSUM_OFFSET = 148;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    RawTar() {}

    /** With names of any length, written in one of commons-compress's ways. */
    RawTar(int longFileMode) {
        tar.setLongFileMode(longFileMode);
    }

    RawTar add(String name, byte[] content) {
        try {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    RawTar add(String name, String content) {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A member that stands for another: a hard link, or a symbolic one. */
    RawTar link(String name, String target, boolean symbolic) {
        try {
            TarArchiveEntry entry =
                    new TarArchiveEntry(name, symbolic ? TarConstants.LF_SYMLINK : TarConstants.LF_LINK);
            entry.setLinkName(target);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What Python's tarfile leaves where nobody closes it: whole records, no end mark. */
    static byte[] withoutEndMark(byte[] tar) {
        int end = tar.length;
        while (tar[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(tar, (end + RECORD - 1) / RECORD * RECORD);
    }

    byte[] finish() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    /** Replaces the size in the header at an offset; the checksum fits. */
    static byte[] withSize(byte[] tar, int header, long size) {
        byte[] changed = tar.clone();
        put(changed, header + SIZE_OFFSET, "%011o ".formatted(size));
        return withChecksum(changed, header);
    }

    /** Makes the checksum of the header at an offset fit. */
    static byte[] withChecksum(byte[] tar, int header) {
        byte[] changed = tar.clone();
        Arrays.fill(changed, header + CHECKSUM_OFFSET, header + CHECKSUM_OFFSET + 8, (byte) ' ');
        int sum = 0;
        for (int i = header; i < header + RECORD; i++) {
            sum += changed[i] & 0xff;
        }
        put(changed, header + CHECKSUM_OFFSET, "%06o\0 ".formatted(sum));
        return changed;
    }

    private static void put(byte[] target, int offset, String text) {
        byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(content, 0, target, offset, content.length);
    }
}
