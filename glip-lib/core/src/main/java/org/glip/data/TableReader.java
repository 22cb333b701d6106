package org.glip.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.glip.files.Reasons;
import org.glip.files.TextFile;
import org.glip.files.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table row by row, as pandas' {@code read_csv} does with its default settings.
 *
 * <ul>
 *   <li>UTF-8, with or without a byte-order mark, packed by gzip, bzip2, xz or Zstandard; any line ends; blank lines
 *       are passed over; the first line names the columns.
 *   <li>A field that begins with a double quote goes on to the next one; between them separators and line ends are
 *       text, and a doubled quote is one. What follows the closing quote belongs to the field. Any other quote is text:
 *       {@code "the boss" at his desk} is {@code the boss at his desk}, and {@code a 5" screen} stays.
 *   <li>Where the first row has more fields than there are columns, the first fields are an index and have no name.
 *       Later rows may have fewer fields, which are missing, but not more.
 *   <li>A column whose name stands before it already gets {@code .1} after its name, {@code .2} and so on.
 *   <li>{@code NA}, {@code NULL}, {@code NaN} and their like stand for a missing value.
 * </ul>
 */
final class TableReader implements Closeable {
    /** pandas' default list, but for the empty field. */
    private static final Set<String> MISSING = Set.of(
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "-NaN",
            "-nan",
            "1.#IND",
            "1.#QNAN",
            "<NA>",
            "N/A",
            "NA",
            "NULL",
            "NaN",
            "None",
            "n/a",
            "nan",
            "null");

    private static final String NO_SEPARATORS = "\"\r\n";

    private final Path file;
    private final boolean packed;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> columns;
    private @Nullable CSVRecord row;
    private long width;
    private int indexFields;
    private @Nullable String firstRow;

    /**
     * Opens a table and reads the names of its columns.
     *
     * @param separator between two fields
     * @throws IllegalArgumentException if that is a quote or a line end
     * @throws IOException if the file cannot be read, or is not UTF-8 at its beginning; the message names it
     */
    TableReader(Path file, char separator) throws IOException {
        if (NO_SEPARATORS.indexOf(separator) >= 0) {
            throw new IllegalArgumentException("neither a quote nor a line end can be the separator of a table");
        }
        this.file = file;
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setTrailingData(true)
                .get();
        BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        ShardCompression compression = ShardCompression.ofOther(bytes);
        this.packed = compression != ShardCompression.NONE;
        this.parser = format.parse(text(bytes, compression));
        try {
            this.records = parser.iterator();
            // read as a row: the library's own header handling refuses nameless columns, which pandas writes for its
            // index
            CSVRecord header = nextRecord();
            this.columns = header == null ? List.of() : distinct(header.toList());
        } catch (IOException | RuntimeException e) {
            parser.close();
            throw e;
        }
    }

    private BufferedReader text(InputStream bytes, ShardCompression compression) throws IOException {
        InputStream unpacked;
        try {
            unpacked = compression.unpack(bytes);
        } catch (IOException e) {
            bytes.close();
            throw damaged(e);
        }
        try {
            return TextFile.reader(unpacked, file.toString());
        } catch (IOException e) {
            bytes.close();
            boolean told = String.valueOf(e.getMessage()).startsWith(file.toString());
            throw told ? new IOException("Data file " + e.getMessage(), e) : damaged(e);
        }
    }

    private IOException damaged(IOException cause) {
        return new IOException(
                "Data file " + file + " cannot be read: " + Reasons.of(cause)
                        + (packed ? "; the packed file is damaged, or its download ended early" : ""),
                cause);
    }

    /**
     * Finds the separator of a table.
     *
     * @param candidates separators, the likeliest first
     * @param wanted columns that the table should have
     * @return the first by which the header has them; if there is none, the first
     * @throws IOException as the constructor
     */
    static char separator(Path file, String candidates, List<String> wanted) throws IOException {
        for (char candidate : candidates.toCharArray()) {
            try (TableReader table = new TableReader(file, candidate)) {
                if (table.columns.containsAll(wanted)) {
                    return candidate;
                }
            }
        }
        return candidates.charAt(0);
    }

    /** The names of the columns, no two of them the same. */
    List<String> columns() {
        return columns;
    }

    /**
     * Goes to the next row.
     *
     * @return whether there is one
     * @throws IOException if it has too many fields, a quote in it has no end, or it is not UTF-8; the message names
     *     file and line
     */
    boolean next() throws IOException {
        boolean first = row == null;
        row = nextRecord();
        if (row == null) {
            return false;
        }
        if (first) {
            indexFields = Math.max(0, row.size() - columns.size());
            width = columns.size() + indexFields;
            firstRow = tooMany(row.size());
        } else if (row.size() > width) {
            throw new IOException(tooMany(row.size()));
        } else if (indexFields > 0 && row.size() < width) {
            // pandas would take the first row's first fields for an index, and shift all others
            throw new IOException(firstRow);
        }
        return true;
    }

    private String tooMany(int fields) {
        return "Data file " + place() + " has " + fields + " fields, but the header has " + columns.size()
                + "; a field that holds the separator must be in double quotes";
    }

    /**
     * Returns a field of the row.
     *
     * @param column its place among the columns
     * @return its text, perhaps empty; null if it is missing
     */
    @Nullable
    String field(int column) {
        int index = indexFields + column;
        if (row == null || index >= row.size() || MISSING.contains(row.get(index))) {
            return null;
        }
        return row.get(index);
    }

    /** How many fields of the rows stand before the first column, as those of an index; known after the first row. */
    int indexFields() {
        return indexFields;
    }

    /** The line in which the row ends, from 1. */
    long line() {
        return parser.getCurrentLineNumber();
    }

    private String place() {
        return file + " line " + line();
    }

    private @Nullable CSVRecord nextRecord() throws IOException {
        long before = parser.getCurrentLineNumber();
        try {
            while (records.hasNext()) {
                CSVRecord record = records.next();
                if (record.size() > 1 || !record.get(0).isBlank()) {
                    return record;
                }
                before = parser.getCurrentLineNumber();
            }
            return null;
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause(), before + 1);
        }
    }

    private IOException unreadable(IOException cause, long line) throws IOException {
        if (cause instanceof CharacterCodingException) {
            return new IOException("Data file " + file + " cannot be read: " + wrongLine(), cause);
        }
        if (!(cause instanceof CSVException)) {
            return damaged(cause);
        }
        return new IOException(
                "Data file " + file + " cannot be read: in the row of line " + line
                        + " a field begins with a double quote that has no end; such a field must stand in quotes, with"
                        + " the quotes in it doubled",
                cause);
    }

    /** The decoder is ahead of the rows by a buffer, so that the line is looked for anew. */
    private String wrongLine() throws IOException {
        if (!packed) {
            try (TextLines lines = TextLines.open(file)) {
                String line = lines.next();
                while (line != null) {
                    line = lines.next();
                }
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }
        return "it is not UTF-8";
    }

    private static List<String> distinct(List<String> names) {
        Set<String> distinct = new LinkedHashSet<>();
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column).isEmpty() ? "Unnamed: " + column : names.get(column);
            String unique = name;
            for (int number = 1; !distinct.add(unique); number++) {
                unique = name + "." + number;
            }
        }
        return new ArrayList<>(distinct);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
