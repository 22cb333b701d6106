package org.glip.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the members of a tar file, plain or gzip-compressed, and trusts no header: a checksum that does not fit, a
 * size beyond the end of the file and a file that ends without tar's end mark are errors that name the shard and the
 * member.
 */
final class ShardTar implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path shard;
    private final long fileBytes;
    private final boolean compressed;
    private final EndMarkTar tar;
    private String lastMember = "";

    ShardTar(Path shard) throws IOException {
        if (!Files.isRegularFile(shard)) {
            throw new IOException("Shard " + shard + " does not exist or is not a file");
        }
        this.shard = shard;
        this.fileBytes = Files.size(shard);
        InputStream file = Files.newInputStream(shard);
        try {
            InputStream buffered = new BufferedInputStream(file, BUFFER_BYTES);
            this.compressed = startsAsGzip(buffered);
            this.tar = new EndMarkTar(compressed ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered);
        } catch (IOException e) {
            file.close();
            throw new IOException("Shard " + shard + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean startsAsGzip(InputStream buffered) throws IOException {
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip;
    }

    /**
     * Goes to the next member that is a plain file.
     *
     * @return the member, or null after tar's end mark
     * @throws IOException if this is not a tar file, or it is damaged or ends too early
     */
    @Nullable
    TarArchiveEntry next() throws IOException {
        while (true) {
            TarArchiveEntry entry = nextHeader();
            if (entry == null) {
                return null;
            }
            lastMember = entry.getName();
            // A sparse member could claim any number of zeros without a byte in the file.
            if (entry.isFile() && !entry.isSparse()) {
                return entry;
            }
        }
    }

    private @Nullable TarArchiveEntry nextHeader() throws IOException {
        TarArchiveEntry entry;
        try {
            entry = tar.getNextEntry();
        } catch (IOException | RuntimeException e) {
            // commons-compress answers some damaged headers with unchecked exceptions
            throw damaged(e);
        }
        if (entry == null) {
            if (!tar.endMarkSeen) {
                throw new IOException("Shard " + shard
                        + " is truncated or not a tar file: it ends without tar's end mark" + afterLastMember());
            }
            return null;
        }
        if (!entry.isCheckSumOK()) {
            throw new IOException("Shard " + shard + " is damaged or not a tar file: a header's checksum does not fit"
                    + afterLastMember());
        }
        long remaining = fileBytes - tar.getBytesRead();
        if (!compressed && entry.getSize() > remaining) {
            throw new IOException("Shard " + shard + " is truncated: member " + entry.getName() + " should have "
                    + entry.getSize() + " bytes, but only " + Math.max(0, remaining) + " follow");
        }
        return entry;
    }

    /**
     * Reads the current member.
     *
     * @param entry what {@link #next} has just returned
     * @return its bytes, as many as its header says
     */
    byte[] read(TarArchiveEntry entry) throws IOException {
        try {
            // readNBytes grows with what really arrives, so that a compressed shard's header cannot make it allocate
            byte[] bytes = tar.readNBytes(Math.toIntExact(entry.getSize()));
            if (bytes.length == entry.getSize()) {
                return bytes;
            }
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
        throw new IOException("Shard " + shard + " is truncated in member " + entry.getName());
    }

    private IOException damaged(Exception cause) {
        return new IOException(
                "Shard " + shard + " is truncated, damaged or not a tar file" + afterLastMember() + ": "
                        + cause.getMessage(),
                cause);
    }

    private String afterLastMember() {
        return lastMember.isEmpty() ? " (no member could be read)" : " (at or after member " + lastMember + ")";
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** commons-compress treats a file that just stops as one that ends; this notes whether the end mark was there. */
    private static final class EndMarkTar extends TarArchiveInputStream {
        private boolean endMarkSeen;

        EndMarkTar(InputStream in) {
            super(in, "UTF-8");
        }

        @Override
        protected boolean isEOFRecord(byte @Nullable [] record) {
            boolean end = super.isEOFRecord(record);
            endMarkSeen |= end && record != null;
            return end;
        }
    }
}
