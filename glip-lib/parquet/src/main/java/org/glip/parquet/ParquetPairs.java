package org.glip.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.glip.data.SampleSource;
import org.jspecify.annotations.Nullable;

/** Opens Parquet files of pictures with captions. */
public final class ParquetPairs {
    private ParquetPairs() {}

    /**
     * The columns of the pictures and of the captions, by name.
     *
     * @param image bytes of encoded pictures; or a struct of {@code bytes} and {@code path}, as Hugging Face
     *     has it; or paths as text, relative to the folder of the file or to the working folder. Null for the
     *     first that is there of {@code image}, {@code jpg}, {@code png}, {@code filepath}, {@code image_path}
     * @param caption a text, or a list of texts, of which the first is the caption and all stand in the metadata. Null
     *     for the first that is there of {@code caption}, {@code text}, {@code title}, {@code captions}
     */
    public record Columns(@Nullable String image, @Nullable String caption) {}

    /**
     * Opens files as one data set. Only their footers are read here. A row without picture or caption is left out and
     * counted when a pass comes to it; a group of rows that turns out damaged is left out from the damage on.
     *
     * <p>A shuffled pass takes the groups of rows in a random order, and draws from the buffer of its {@link
     * org.glip.data.SampleOrder}. Rows cannot be read by number, so an order over all samples is refused.
     *
     * @param files one or more, in this order, all with these columns
     * @param columns which to read
     * @return the source
     * @throws IllegalArgumentException if there is no file
     * @throws IOException if a file is missing, truncated, damaged, encrypted or packed by LZO, Brotli or Hadoop's LZ4,
     *     or lacks a column, or has it of another type; the message names file and column
     */
    public static SampleSource open(List<Path> files, Columns columns) throws IOException {
        return new ParquetSource(files, columns);
    }
}
