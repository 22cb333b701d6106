package org.glip.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Where this process may keep what it makes once per machine. A user without a home, as containers and clusters have
 * them, is one to Java whose home is called {@code ?}: the engine would unpack 432 MB into a folder of that name.
 */
public final class CacheFolders {
    /** What DJL reads, from the environment or from the system properties. */
    private static final String DJL = "DJL_CACHE_DIR";

    /** Where JNA, by which DJL looks for GPUs, unpacks its library. */
    private static final String JNA = "jna.tmpdir";

    private CacheFolders() {}

    /**
     * Tells the engine where to unpack its libraries, unless the user has said so or has a home to write to: in the
     * folder that {@code XDG_CACHE_HOME} names, or else in one of the user's own among the temporary files. Must come
     * before the first use of the engine; {@link Torch} sees to it.
     */
    public static void settle() {
        Path home = home();
        if (home.isAbsolute() && Files.isWritable(home)) {
            return;
        }
        Path folder = ofUser();
        if (System.getenv(DJL) == null && System.getProperty(DJL) == null) {
            System.setProperty(DJL, folder.resolve("djl.ai").toString());
        }
        if (System.getProperty(JNA) == null) {
            System.setProperty(JNA, folder.resolve("jna").toString());
        }
    }

    /** {@return the cache folder of this user; it need not exist} */
    public static Path ofUser() {
        return choose(System.getenv("XDG_CACHE_HOME"), home(), Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", "?"));
    }

    /**
     * Chooses by the XDG base directories, which have relative paths ignored.
     *
     * @param xdgCacheHome the variable of this name, or null
     * @param home the user's home, which need not exist or be one
     * @param temporary a folder of temporary files
     * @return the first of the variable's folder, {@code .cache} in the home, and a folder of the user's own among the
     *     temporary files that can be written, or made
     */
    static Path choose(@Nullable String xdgCacheHome, Path home, Path temporary) {
        if (xdgCacheHome != null && mayHold(Path.of(xdgCacheHome))) {
            return Path.of(xdgCacheHome);
        }
        Path usual = home.resolve(".cache");
        return mayHold(usual) ? usual : own(temporary);
    }

    private static boolean mayHold(Path folder) {
        Path existing = folder;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return folder.isAbsolute() && existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
    }

    /**
     * Returns the folder of this user among files that all users share. Libraries are loaded from it, so that one that
     * another user has made is left alone.
     */
    private static Path own(Path temporary) {
        try {
            Path probe = Files.createTempFile(temporary, "glip", null);
            Object user = Files.getAttribute(probe, "unix:uid");
            Files.delete(probe);
            Path folder = temporary.resolve("glip-" + user);
            try {
                return Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                boolean mine = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && user.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS));
                return mine ? folder : Files.createTempDirectory(temporary, "glip");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "there is no folder to write to: the user has no home, and " + temporary
                            + " cannot be written; name one with XDG_CACHE_HOME",
                    e);
        }
    }
}
