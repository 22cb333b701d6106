package org.glip.scenes;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads chosen members of a tar archive into memory, one after the other. Nothing is ever written to disk, and what a
 * header claims is bounded before it is believed.
 */
final class ArchiveReader {
    private static final long MAX_MEMBER_BYTES = 64L << 20;
    private static final int MAX_MEMBERS = 200_000;

    private ArchiveReader() {}

    /** Takes a member. */
    @FunctionalInterface
    interface Sink {
        void accept(String name, byte[] content) throws IOException;
    }

    /**
     * Reads a gzip-compressed archive.
     *
     * @param wanted which member names to hand over
     * @throws IOException naming the archive, if it is truncated, damaged, or out of bounds
     */
    static void readGzip(Path archive, Predicate<String> wanted, Sink sink) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive))) {
            InputStream plain;
            try {
                plain = new GZIPInputStream(file);
            } catch (IOException e) {
                throw damaged(archive.toString(), e);
            }
            read(plain, archive.toString(), wanted, sink);
        }
    }

    /** Reads a plain archive; {@code name} is what messages call it. */
    static void read(InputStream archive, String name, Predicate<String> wanted, Sink sink) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            int members = 0;
            for (TarArchiveEntry entry = next(tar, name); entry != null; entry = next(tar, name)) {
                if (++members > MAX_MEMBERS) {
                    throw new IOException(name + " has more than " + MAX_MEMBERS + " members");
                }
                if (entry.isFile() && wanted.test(entry.getName())) {
                    sink.accept(entry.getName(), content(tar, entry, name));
                }
            }
        }
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar, String name) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(name, e);
        }
    }

    private static byte[] content(TarArchiveInputStream tar, TarArchiveEntry entry, String name) throws IOException {
        if (entry.getSize() > MAX_MEMBER_BYTES) {
            throw new IOException(name + ": member " + entry.getName() + " claims " + entry.getSize()
                    + " bytes, more than " + MAX_MEMBER_BYTES);
        }
        try {
            byte[] content = tar.readAllBytes();
            if (content.length != entry.getSize()) {
                throw new EOFException("member " + entry.getName() + " ends early");
            }
            return content;
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    private static IOException damaged(String name, Exception cause) {
        return new IOException(name + " is truncated or damaged: " + cause.getMessage(), cause);
    }
}
