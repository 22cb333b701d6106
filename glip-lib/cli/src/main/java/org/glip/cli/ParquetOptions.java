package org.glip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.glip.data.SampleSource;
import org.glip.parquet.ParquetPairs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How Parquet files of pictures and captions are read. */
final class ParquetOptions {
    private static final String ENDING = ".parquet";

    @Option(
            names = "--parquet-img-key",
            paramLabel = "COLUMN",
            description =
                    "Column of the pictures in Parquet files: bytes, a struct of bytes and path, or paths (default:"
                            + " the first that is there of image, jpg, png, filepath, image_path).")
    private @Nullable String imageColumn;

    @Option(
            names = "--parquet-caption-key",
            paramLabel = "COLUMN",
            description = "Column of the captions in Parquet files, texts or lists of texts (default: the first that is"
                    + " there of caption, text, title, captions).")
    private @Nullable String captionColumn;

    /** Whether these names are those of Parquet files, or of one folder of them. */
    boolean isParquet(List<String> names) throws IOException {
        return names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).endsWith(ENDING))
                || names.size() == 1 && Files.isDirectory(Path.of(names.get(0))) && isFolder(Path.of(names.get(0)));
    }

    /** Whether a folder holds such files and no shard, which counts before them. */
    private static boolean isFolder(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.noneMatch(file -> file.getFileName().toString().contains(".tar"))
                    && !files(folder).isEmpty();
        }
    }

    /** Those in a folder, by name. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Opens them.
     *
     * @param caption column of the captions, if another option names it
     */
    SampleSource source(List<String> names, @Nullable String caption) throws IOException {
        Path first = Path.of(names.get(0));
        boolean folder = names.size() == 1 && Files.isDirectory(first);
        List<Path> files = folder ? files(first) : SampleSource.files(names);
        return ParquetPairs.open(
                files, new ParquetPairs.Columns(imageColumn, caption == null ? captionColumn : caption));
    }
}
