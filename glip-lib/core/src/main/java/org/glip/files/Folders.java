package org.glip.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Folders that files are written into. */
public final class Folders {
    private Folders() {}

    /**
     * Makes a folder and those above it; one that is there stays, also where it is a link to a folder, which
     * {@link Files#createDirectories} of Java 17 takes for a file in the way.
     *
     * @param folder the folder
     * @throws java.nio.file.FileAlreadyExistsException where a file is in the way
     * @throws IOException where the file system refuses
     */
    public static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path known = folder; // the nearest folder that is there
        while (known != null && !Files.exists(known)) {
            known = known.getParent();
        }
        Files.createDirectories(folder);
        for (Path made = folder; made != null && !made.equals(known); made = made.getParent()) {
            sync(made.getParent());
        }
    }

    /**
     * Has the names in a folder written to the disk: a file that was synced and renamed could otherwise be gone after a
     * power failure. Where the system does not open folders, as Windows, it sees to that itself, and nothing is done.
     *
     * @param folder the folder; null is passed over
     * @return whether it was done; false too where this thread is interrupted, for then channels close
     */
    public static boolean sync(@Nullable Path folder) {
        if (folder == null) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (IOException e) {
            // what was written is there for all but a power failure; there is nothing better to be done
            return false;
        }
    }
}
