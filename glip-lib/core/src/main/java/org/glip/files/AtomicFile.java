package org.glip.files;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file under a temporary name beside its target, syncs it, renames it, and syncs the folder: all of it
 * appears, or nothing, and what has appeared outlasts a loss of power.
 */
public final class AtomicFile {
    private static final String PART = ".part";

    private AtomicFile() {}

    /** What fills the file. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes the content.
         *
         * @param channel open for writing, at the start of an empty file
         * @throws IOException where writing fails; nothing appears at the target then
         */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes a file, replacing one that is there; folders on the way are made.
     *
     * @param target path of the finished file
     * @param body writes the content
     * @throws IOException where writing or renaming fails; it names the file, and the target is as it was
     */
    public static void write(Path target, Body body) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        createFolders(folder);
        // Not createTempFile: its files are for their owner only, and would stay so under the final name.
        Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + PART);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                body.writeTo(channel);
                channel.force(true);
            }
            move(temporary, target);
        } catch (IOException e) {
            throw named(target, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** What a stream says of a full disk, "No space left on device", names no file. */
    private static IOException named(Path target, IOException failure) {
        String told = String.valueOf(failure.getMessage());
        if (failure instanceof FileSystemException
                || failure instanceof ClosedChannelException
                || told.contains(target.toString())) {
            return failure;
        }
        return new IOException(target + " cannot be written: " + told, failure);
    }

    /**
     * Tells whether a file is what a write of another left behind that did not come to its end.
     *
     * @param file the file
     * @param target a finished file's name
     * @return whether it is named as a temporary file of that name is
     */
    public static boolean isTemporary(Path file, String target) {
        String name = file.getFileName().toString();
        return name.startsWith("." + target + ".") && name.endsWith(PART);
    }

    /**
     * Writes a text as UTF-8.
     *
     * @param target path of the finished file
     * @param text its content
     * @throws IOException where writing or renaming fails; the target is as it was
     */
    public static void writeText(Path target, String text) throws IOException {
        write(target, channel -> {
            var bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /**
     * Renames a finished file or folder into place in one step. When this returns, the new name is on the disk, and of
     * a folder the names of what is directly in it too.
     *
     * @param temporary what was written
     * @param target where it belongs, on the same file system
     * @throws IOException where the file system refuses
     */
    public static void move(Path temporary, Path target) throws IOException {
        if (Files.isDirectory(temporary)) {
            Folders.sync(temporary);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = target.toAbsolutePath().getParent();
        Folders.sync(folder);
        Path before = temporary.toAbsolutePath().getParent();
        if (!before.equals(folder)) {
            Folders.sync(before);
        }
    }

    private static void createFolders(Path folder) throws IOException {
        try {
            Folders.create(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(folder + " is a file, a folder is needed there", e);
        }
    }
}
