package org.glip.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds pictures in folders. */
public final class PictureFiles {
    private static final Set<String> KINDS = Set.of("jpg", "jpeg", "png", "webp", "gif");

    private PictureFiles() {}

    /**
     * All pictures in a folder and the folders in it, told by the ending of the name, sorted by path.
     *
     * @param folder the folder
     * @return the files
     * @throws IOException if the folder does not exist or cannot be read
     */
    public static List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("Folder " + folder + " does not exist or is not a folder");
        }
        // links are followed: data sets on shared disks are often folders of links
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(PictureFiles::isPicture)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException("Folder " + folder + " cannot be read: " + e.getCause(), e.getCause());
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return !name.startsWith(".") && KINDS.contains(ending.toLowerCase(Locale.ROOT));
    }

    /**
     * {@return the path within a folder, with slashes, without the ending: the key of the picture}
     *
     * @param folder the folder
     * @param picture a file in it
     */
    public static String key(Path folder, Path picture) {
        String name = folder.relativize(picture).toString().replace('\\', '/');
        return name.substring(0, name.lastIndexOf('.'));
    }
}
