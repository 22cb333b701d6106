package org.glip.data;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.SkipLog.Reason;
import org.glip.files.FileNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A CSV or TSV file with a column of picture files and a column of captions, as open_clip's {@code --dataset-type csv}
 * reads.
 *
 * <p>Read as pandas reads it ({@link TableReader}). Paths are relative to the folder of the file, or, where nothing
 * lies there, to the working folder. The rows are kept in memory, the pictures are not. A row without caption, or whose
 * picture is missing, is left out and counted when a pass comes to it.
 */
final class CsvSource implements SampleSource {
    private static final Logger LOG = LoggerFactory.getLogger(CsvSource.class);

    private final Path file;
    private final List<Row> rows;

    /**
     * How the file is laid out.
     *
     * @param separator between two fields
     * @param imageColumn the name of the column with the picture files
     * @param captionColumn the name of the column with the captions
     */
    record Layout(char separator, String imageColumn, String captionColumn) {}

    /** What is kept of a row; millions of them are in memory. */
    private record Row(String image, @Nullable String caption, long line) {}

    /**
     * Reads the rows.
     *
     * @param file the CSV or TSV file
     * @param layout separator and columns
     * @throws IOException if the file is missing, is not UTF-8, lacks a column, has a row with more fields than the
     *     header, or its quotes are not in pairs; the message names the file and the line
     */
    public CsvSource(Path file, Layout layout) throws IOException {
        this.file = file;
        requireFile(file);
        try (TableReader table = new TableReader(file, layout.separator())) {
            this.rows = readRows(table, layout);
        }
    }

    /** Opens a table whose separator is the first of some by which it has both columns. */
    static CsvSource open(Path file, String separators, String imageColumn, String captionColumn) throws IOException {
        requireFile(file);
        char separator = TableReader.separator(file, separators, List.of(imageColumn, captionColumn));
        return new CsvSource(file, new Layout(separator, imageColumn, captionColumn));
    }

    private static void requireFile(Path file) throws IOException {
        Shards.refuseUrl(file.toString());
        if (Files.isDirectory(file)) {
            throw new IOException("Data file " + file + " is a folder, in spite of its name; a table is a file");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("Data file " + file + " does not exist");
        }
    }

    private List<Row> readRows(TableReader table, Layout layout) throws IOException {
        int imageColumn = indexOf(layout.imageColumn(), table.columns());
        int captionColumn = indexOf(layout.captionColumn(), table.columns());
        List<Row> kept = new ArrayList<>();
        while (table.next()) {
            String image = Objects.requireNonNullElse(table.field(imageColumn), "");
            FileNames.check(image, "Data file " + at(table.line()));
            kept.add(new Row(image, table.field(captionColumn), table.line()));
        }
        tellIndex(table, layout);
        return List.copyOf(kept);
    }

    /** As pandas has it, but seldom what is meant: a comma in captions that nobody quoted shifts all columns. */
    private void tellIndex(TableReader table, Layout layout) {
        if (table.indexFields() > 0) {
            LOG.warn(
                    "{}: its rows have {} more fields than its header has names; as in pandas, the first ones are an"
                            + " index, and \"{}\" is read from what follows. Where fields hold the separator, they"
                            + " must be in double quotes",
                    file,
                    table.indexFields(),
                    layout.imageColumn());
        }
    }

    private int indexOf(String column, List<String> columns) throws IOException {
        int index = columns.indexOf(column);
        if (index < 0) {
            String known = columns.isEmpty()
                    ? "it is empty"
                    : columns.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", ", "only ", ""));
            throw new IOException("Data file " + file + " has no column \"" + column + "\", " + known
                    + "; name the column, or the separator if that is the cause");
        }
        if (columns.contains(column + ".1")) {
            LOG.warn(
                    "{} has two columns \"{}\": the first is read; the second is called \"{}.1\"",
                    file,
                    column,
                    column);
        }
        return index;
    }

    private String at(long line) {
        return file + " line " + line;
    }

    @Override
    public SampleSource.Pass open(long epoch, SampleOrder order, SkipLog skipped) {
        return new ListStream(order.indices(rows.size(), epoch), index -> load(rows.get(index), skipped));
    }

    @Override
    public Optional<NumberedSamples> numbered(long epoch, SampleOrder order) {
        return Optional.of(NumberedSamples.of(rows.size(), (row, skipped) -> load(rows.get(row), skipped)));
    }

    private @Nullable ImageTextSample load(Row row, SkipLog skipped) {
        if (Shards.isUrl(row.image())) {
            skipped.skip(Reason.MISSING_FILE, at(row.line()), row.image() + " is a URL: download it first");
            return null;
        }
        String picture =
                row.image().isEmpty() ? "" : FileNames.find(file, row.image()).toString();
        return new ListedSample(row.image(), picture, row.caption(), new JsonObject(), at(row.line())).load(skipped);
    }

    /** Counts the rows, those with a missing picture or caption included. */
    @Override
    public long countSamples() {
        return rows.size();
    }

    @Override
    public String describe() {
        return rows.size() + " rows of " + file;
    }

    @Override
    public Optional<String> fingerprint() {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(row.image()).append('\t').append(row.caption()).append('\n');
        }
        return Optional.of(DigestUtils.sha256Hex(text.toString()));
    }
}
