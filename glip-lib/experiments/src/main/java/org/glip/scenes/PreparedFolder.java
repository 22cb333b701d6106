package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is made once: under another name until it is complete, by one process at a time, and not again while
 * its {@link Catalog} holds the same recipe.
 */
final class PreparedFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PreparedFolder.class);
    private static final long POLL_MILLISECONDS = 200;

    private PreparedFolder() {}

    /** Fills an empty folder and returns counts for the catalogue. */
    @FunctionalInterface
    interface Maker {
        JsonObject make(Path folder) throws IOException;
    }

    /**
     * Makes a folder unless it is there.
     *
     * @param folder where it is to be
     * @param recipe all that determines its content
     * @param maker makes the content; if it fails, nothing is left and a folder that was there before stays
     * @throws InterruptedIOException if the thread is interrupted; its interrupt status stays set
     */
    static void prepare(Path folder, JsonObject recipe, Maker maker) throws IOException {
        if (Catalog.isCurrent(folder, recipe)) {
            return;
        }
        Files.createDirectories(folder.resolveSibling(""));
        Path temporary = folder.resolveSibling("." + folder.getFileName() + ".making");
        Path lockFile = folder.resolveSibling("." + folder.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = acquire(channel, folder)) {
            if (Catalog.isCurrent(folder, recipe)) {
                return; // another process made it while this one waited
            }
            PathUtils.delete(temporary); // left by a process that was killed
            Files.createDirectory(temporary);
            try {
                Catalog.write(temporary, recipe, maker.make(temporary));
                if (Files.exists(folder)) {
                    LOG.info("{} was made by another recipe or is damaged: replaced", folder);
                    PathUtils.delete(folder);
                }
                Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (InterruptedIOException | ClosedByInterruptException e) {
                throw interrupted("interrupted while making " + folder + "; nothing half-made is left", e);
            } finally {
                PathUtils.delete(temporary);
            }
        }
    }

    /** Waits for the lock, which a thread of this process may hold as well as another process. */
    private static FileLock acquire(FileChannel channel, Path folder) throws IOException {
        boolean told = false;
        for (FileLock lock = tryLock(channel); ; lock = tryLock(channel)) {
            if (lock != null) {
                return lock;
            }
            if (!told) {
                LOG.info("waiting for another program that is making {}", folder);
                told = true;
            }
            try {
                Thread.sleep(POLL_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted("interrupted while another program was making " + folder, e);
            }
        }
    }

    private static InterruptedIOException interrupted(String message, Exception cause) {
        InterruptedIOException interrupted = new InterruptedIOException(message);
        interrupted.initCause(cause);
        return interrupted;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
