package org.glip.data;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A CSV or TSV file with a column of picture files and a column of captions, as open_clip's {@code --dataset-type csv}
 * reads.
 *
 * <p>UTF-8, a header line, fields in double quotes where they hold the separator, a quote (doubled) or a line end.
 * Paths are relative to the folder of the file. The rows are kept in memory, the pictures are not. A row without
 * caption, or whose picture is missing, is left out and counted when a pass comes to it.
 */
final class CsvSource implements SampleSource {
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
        if (!Files.isRegularFile(file)) {
            throw new IOException("Data file " + file + " does not exist");
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            skipByteOrderMark(reader);
            this.rows = readRows(reader, layout);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        } catch (CharacterCodingException e) {
            throw unreadable(e);
        }
    }

    private IOException unreadable(IOException cause) {
        boolean encoding = cause instanceof CharacterCodingException;
        return new IOException(
                "Data file " + file + " cannot be read: " + (encoding ? "it is not UTF-8" : cause.getMessage()), cause);
    }

    /** Spreadsheets write one, and it would become part of the first column's name. */
    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
    }

    private List<Row> readRows(BufferedReader reader, Layout layout) throws IOException {
        CSVFormat format =
                CSVFormat.DEFAULT.builder().setDelimiter(layout.separator()).get();
        try (CSVParser parser = format.parse(reader)) {
            Iterator<CSVRecord> records = parser.iterator();
            // read as a row: the library's own header handling refuses nameless columns, which pandas writes for its
            // index
            List<String> columns = records.hasNext() ? records.next().toList() : List.of();
            int imageColumn = indexOf(layout.imageColumn(), columns);
            int captionColumn = indexOf(layout.captionColumn(), columns);
            List<Row> kept = new ArrayList<>();
            while (records.hasNext()) {
                CSVRecord record = records.next();
                long line = parser.getCurrentLineNumber();
                if (record.size() > columns.size()) {
                    throw new IOException("Data file " + at(line) + " has " + record.size()
                            + " fields, but the header has " + columns.size()
                            + "; a field that holds the separator must be in double quotes");
                }
                String image = Objects.requireNonNullElse(field(record, imageColumn), "");
                kept.add(new Row(checkedPath(image, line), field(record, captionColumn), line));
            }
            return List.copyOf(kept);
        }
    }

    private int indexOf(String column, List<String> columns) throws IOException {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IOException("Data file " + file + " has no column \"" + column + "\", only " + columns
                    + "; name the column, or the separator if that is the cause");
        }
        return index;
    }

    private String checkedPath(String image, long line) throws IOException {
        try {
            file.resolveSibling(image);
            return image;
        } catch (InvalidPathException e) {
            throw new IOException("Data file " + at(line) + ": \"" + image + "\" is not the path of a file", e);
        }
    }

    private static @Nullable String field(CSVRecord record, int index) {
        return index < record.size() ? record.get(index) : null;
    }

    private String at(long line) {
        return file + " line " + line;
    }

    @Override
    public SampleSource.Pass open(long epoch, SampleSource.Order order, SkipLog skipped) {
        return new ListStream(order.indices(rows.size(), epoch), index -> load(rows.get(index), skipped));
    }

    private @Nullable ImageTextSample load(Row row, SkipLog skipped) {
        String picture =
                row.image().isEmpty() ? "" : file.resolveSibling(row.image()).toString();
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
}
