package org.glip.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What tells a file from another one that came under the same name. */
public final class FileKeys {
    private FileKeys() {}

    /**
     * Returns a file's key.
     *
     * @param file an existing file
     * @return the key; null where the system has none, as Windows
     * @throws IOException where the file cannot be looked at
     */
    public static @Nullable Object of(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /**
     * Tells whether the file under a name is still the same.
     *
     * @param key what {@link #of} returned
     * @param file the name
     * @return false where there is no file, or another one
     */
    public static boolean isSame(@Nullable Object key, Path file) {
        try {
            return Objects.equals(key, of(file));
        } catch (IOException e) {
            return false;
        }
    }
}
