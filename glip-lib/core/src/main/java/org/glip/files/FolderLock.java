package org.glip.files;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from writing one folder: a lock of the operating system on the file {@link #FILE} in it. It ends
 * with the process, however that ends; a file that is left behind locks nothing.
 *
 * <p>The file is the lock's own, since on many systems a process gives up its lock as soon as it closes any stream of
 * the locked file, a reader's too.
 */
public final class FolderLock implements AutoCloseable {
    /** Name of the locked file; it is there while the folder is in use. */
    public static final String FILE = ".lock";

    private final Path folder;
    private final FileChannel channel;
    private final @Nullable Object key;
    private final boolean madeFolder;

    private FolderLock(Path folder, FileChannel channel, @Nullable Object key, boolean madeFolder) {
        this.folder = folder;
        this.channel = channel;
        this.key = key;
        this.madeFolder = madeFolder;
    }

    /**
     * Locks a folder, and makes it where there is none.
     *
     * @param folder the folder
     * @return the lock, to be closed
     * @throws IOException where another process, or another lock of this one, has it; or it cannot be written
     */
    public static FolderLock take(Path folder) throws IOException {
        AtomicReference<FolderLock> taken = new AtomicReference<>();
        Uninterrupted.run(() -> {
            boolean missing = Files.notExists(folder);
            Folders.create(folder);
            FolderLock lock = null;
            while (lock == null) {
                lock = tryOnce(folder, missing);
            }
            taken.set(lock);
        });
        return taken.get();
    }

    /** @return null where the file went away between opening and locking: its owner was just closing */
    private static @Nullable FolderLock tryOnce(Path folder, boolean madeFolder) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean kept = false;
        try {
            if (!isLocked(channel)) {
                throw inUse(folder, "another process");
            }
            if (Files.exists(file)) {
                kept = true;
                return new FolderLock(folder, channel, FileKeys.of(file), madeFolder);
            }
            return null;
        } catch (OverlappingFileLockException e) {
            throw inUse(folder, "this process");
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    /** Where a file system knows no locks, as some in a network, all are told that they have it. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            return true;
        }
    }

    private static IOException inUse(Path folder, String by) {
        return new IOException(folder + " is in use: " + by + " is writing it (" + FILE
                + " is locked). Wait for its end," + " or choose another folder");
    }

    /**
     * Gives the folder free, and removes the locked file; the folder too, if this lock made it and nothing was written.
     * Where the folder has gone meanwhile, or another one has taken its name, that is left alone.
     */
    @Override
    public void close() throws IOException {
        Uninterrupted.run(() -> {
            Path file = folder.resolve(FILE);
            // while the lock is held: a file of that name that comes later is another's
            if (Files.exists(file) && FileKeys.isSame(key, file)) {
                Files.deleteIfExists(file);
            }
            channel.close();
            if (madeFolder) {
                removeIfEmpty();
            }
        });
    }

    private void removeIfEmpty() throws IOException {
        boolean empty;
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var entries = Files.list(folder)) {
            empty = entries.findAny().isEmpty();
        }
        if (empty) {
            Files.deleteIfExists(folder);
        }
    }
}
