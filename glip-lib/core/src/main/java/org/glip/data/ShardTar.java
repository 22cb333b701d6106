package org.glip.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the members of a tar file, plain or compressed, and trusts no header: a checksum that does not fit, a size
 * beyond the end of the file and a file that ends within a member are errors that name the member.
 */
final class ShardTar implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int RECORD = 512;

    private final long fileBytes;
    private final boolean compressed;
    private final Counted unpacked;
    private final EndMarkTar tar;
    private String lastMember = "";
    private long members;
    private boolean ended;

    /** Where the next header begins, in bytes of what is unpacked. */
    private long nextHeader;

    private long header;

    /**
     * Opens a shard.
     *
     * @throws DamagedShardException if it cannot be opened or is of another format
     * @throws ClosedByInterruptException if the thread is interrupted
     */
    ShardTar(Path shard) throws IOException {
        if (!Files.isRegularFile(shard)) {
            throw new DamagedShardException("it does not exist or is not a file", null);
        }
        InputStream file = null;
        try {
            this.fileBytes = Files.size(shard);
            file = Files.newInputStream(shard);
            BufferedInputStream buffered = new BufferedInputStream(file, BUFFER_BYTES);
            ShardCompression compression = ShardCompression.of(buffered);
            this.compressed = compression != ShardCompression.NONE;
            this.unpacked = new Counted(compression.unpack(buffered));
            this.tar = new EndMarkTar(unpacked);
        } catch (IOException | RuntimeException e) {
            if (file != null) {
                file.close();
            }
            throw e instanceof DamagedShardException known ? known : damaged("it cannot be read", e);
        }
    }

    /**
     * Opens a piece of a plain shard, from a header on, without an end mark.
     *
     * @throws DamagedShardException if it cannot be read
     */
    ShardTar(byte[] piece) throws DamagedShardException {
        this.fileBytes = piece.length;
        this.compressed = false;
        this.unpacked = new Counted(new ByteArrayInputStream(piece));
        this.tar = new EndMarkTar(unpacked);
        tar.endMarkSeen = true;
    }

    /** Whether its members can be gone to by their place in the file. */
    boolean isPlain() {
        return !compressed;
    }

    /** Where the current member's first header begins. */
    long headerStart() {
        return header;
    }

    /** Where the current member ends, with what fills its last record. */
    long memberEnd() {
        return nextHeader;
    }

    /**
     * Goes to the next member that is a file or a link.
     *
     * @return the member, or null at the end
     * @throws DamagedShardException if this is not a tar file, or it is damaged or ends within a member
     * @throws ClosedByInterruptException if the thread is interrupted
     */
    @Nullable
    TarArchiveEntry next() throws IOException {
        while (true) {
            TarArchiveEntry entry = nextHeader();
            if (entry == null) {
                return null;
            }
            lastMember = entry.getName();
            if (isFile(entry) || isLink(entry)) {
                members++;
                return entry;
            }
        }
    }

    /** Files as Python's tarfile takes them, sparse ones included; no folders, pipes and devices. */
    private static boolean isFile(TarArchiveEntry entry) {
        byte flag = entry.getLinkFlag();
        boolean plain = flag == TarConstants.LF_NORMAL
                || flag == TarConstants.LF_OLDNORM
                || flag == TarConstants.LF_CONTIG
                || flag == TarConstants.LF_GNUTYPE_SPARSE;
        return plain && !entry.isDirectory();
    }

    static boolean isLink(TarArchiveEntry entry) {
        return entry.isLink() || entry.isSymbolicLink();
    }

    /** How many members {@link #next} has returned: the number of the current one, from 1. */
    long members() {
        return members;
    }

    /** Whether the file was over without tar's end mark, and without any other sign that something is missing. */
    boolean endedWithoutMark() {
        return ended && !tar.endMarkSeen;
    }

    private @Nullable TarArchiveEntry nextHeader() throws IOException {
        TarArchiveEntry entry;
        header = nextHeader;
        try {
            entry = tar.getNextEntry();
        } catch (IOException | RuntimeException e) {
            // commons-compress answers some damaged headers with unchecked exceptions
            throw damaged("truncated, damaged or not a tar file" + afterLastMember(), e);
        }
        if (entry == null) {
            requireWholeRecords();
            return null;
        }
        if (!entry.isCheckSumOK()) {
            throw new DamagedShardException(
                    "damaged or not a tar file: a header's checksum does not fit" + afterLastMember(), null);
        }
        nextHeader = unpacked.count + (entry.getSize() + RECORD - 1) / RECORD * RECORD;
        long remaining = fileBytes - unpacked.count;
        if (!compressed && isFile(entry) && !entry.isSparse() && entry.getSize() > remaining) {
            throw new DamagedShardException(
                    "truncated: member " + entry.getName() + " should have " + entry.getSize() + " bytes, but only "
                            + Math.max(0, remaining) + " follow",
                    null);
        }
        return entry;
    }

    private void requireWholeRecords() throws DamagedShardException {
        ended = true;
        if (tar.endMarkSeen) {
            return;
        }
        if (lastMember.isEmpty()) {
            throw new DamagedShardException(
                    fileBytes == 0 ? "it is empty" : "truncated or not a tar file: it has no member and no end mark",
                    null);
        }
        if (unpacked.count % RECORD != 0) {
            throw new DamagedShardException("truncated: it ends within a header" + afterLastMember(), null);
        }
    }

    /**
     * Reads the current member.
     *
     * @param entry what {@link #next} has just returned
     * @return its bytes, as many as its header says
     * @throws DamagedShardException if the shard ends before
     */
    byte[] read(TarArchiveEntry entry) throws IOException {
        try {
            // readNBytes grows with what really arrives, so that a compressed shard's header cannot make it allocate
            byte[] bytes = tar.readNBytes(Math.toIntExact(entry.getSize()));
            if (bytes.length == entry.getSize()) {
                return bytes;
            }
        } catch (IOException | RuntimeException e) {
            throw damaged("truncated or damaged in member " + entry.getName(), e);
        }
        throw new DamagedShardException("truncated in member " + entry.getName(), null);
    }

    /** An interrupt closes the file that is being read, which says nothing about the file. */
    private static IOException damaged(String message, Exception cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof ClosedByInterruptException interrupted) {
                return interrupted;
            }
        }
        return new DamagedShardException(message + " (" + reason(cause) + ")", cause);
    }

    /** Some exceptions have a name only. */
    private static String reason(Exception cause) {
        return cause.getMessage() == null || cause.getMessage().isBlank() ? cause.toString() : cause.getMessage();
    }

    private String afterLastMember() {
        return lastMember.isEmpty() ? " (no member could be read)" : " (at or after member " + lastMember + ")";
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** Counts what is read; of sparse members commons-compress counts the zeros that are not in the file. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = in.skip(bytes);
            count += skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
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
