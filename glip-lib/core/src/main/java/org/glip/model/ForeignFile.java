package org.glip.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.glip.files.FileKind;

/** What lies where a model's file should be, as {@link FileKind} tells it, with what would help here. */
final class ForeignFile {
    private static final int EXCERPT = 60;

    private ForeignFile() {}

    /** The first bytes of a file. */
    static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(FileKind.START);
        }
    }

    /**
     * Refuses what is no JSON at all, before a parser says so in its own words.
     *
     * @throws IOException that names the file and says what it is
     */
    static void refuseAsJson(Path file) throws IOException {
        byte[] start = start(file);
        Optional<String> what = recognise(start);
        if (FileKind.of(start) != FileKind.JSON && what.isPresent()) {
            throw new IOException(file + " is " + what.get());
        }
    }

    /**
     * Tells what a file is.
     *
     * @param start its first bytes, {@link FileKind#START} where it has so many
     * @return what follows "is", or nothing where it is not known
     */
    static Optional<String> recognise(byte[] start) {
        FileKind kind = FileKind.of(start);
        return switch (kind) {
            case UNKNOWN -> Optional.empty();
            case HDF5, GGUF, NUMPY, PARQUET, PNG, JPEG -> Optional.of(kind.withCure("weights of PyTorch are needed"));
            case XML -> Optional.of(kind.withCure(excerpt(start)));
            case JSON -> Optional.of(json(start));
            case TEXT -> Optional.of("a text, as a server's error is one, that begins: " + excerpt(start));
            default -> Optional.of(kind.withCure());
        };
    }

    private static String json(byte[] start) {
        String text = FileKind.words(start);
        return text.contains("\"weight_map\"") || text.contains("\"total_size\"")
                ? "an index of weights that lie in several files, which are not read: save them as one file"
                : "a JSON text, not weights: " + excerpt(start);
    }

    private static String excerpt(byte[] start) {
        String line = FileKind.words(start).replaceAll("\\s+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...";
    }
}
