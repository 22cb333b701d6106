package org.glip.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the tables that lie beside the classes of a package, in the jar. */
public final class Resources {
    private static final CSVFormat TABLE = CSVFormat.DEFAULT
            .builder()
            .setCommentMarker('#')
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();

    private Resources() {}

    /**
     * Opens a resource.
     *
     * @param neighbour a class of the package where it lies
     * @param name its name, relative to that package
     * @return its bytes, to be closed
     * @throws IllegalStateException if the resource is not in the jar or on the class path
     */
    public static InputStream open(Class<?> neighbour, String name) {
        InputStream stream = neighbour.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("The resource " + name + " of " + neighbour.getPackageName()
                    + " is missing; the jar was built incompletely.");
        }
        return stream;
    }

    /**
     * Reads a UTF-8 resource.
     *
     * @param neighbour a class of the package where it lies
     * @param name its name, relative to that package
     * @return all of it
     */
    public static String text(Class<?> neighbour, String name) {
        try (InputStream stream = open(neighbour, name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * Reads the lines of a UTF-8 resource without empty lines and without comments, which start with {@code #}.
     *
     * @param neighbour a class of the package where it lies
     * @param name its name, relative to that package
     * @return the lines
     */
    public static List<String> lines(Class<?> neighbour, String name) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(neighbour, name), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * Reads a UTF-8 table with commas between its fields, whose first line that is no comment names the columns.
     *
     * @param neighbour a class of the package where it lies
     * @param name its name, relative to that package
     * @return the lines under the header; a field is found by the name of its column or by its place
     */
    public static List<CSVRecord> table(Class<?> neighbour, String name) {
        try (CSVParser parser = CSVParser.parse(open(neighbour, name), StandardCharsets.UTF_8, TABLE)) {
            return parser.getRecords();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static UncheckedIOException unreadable(String name, IOException cause) {
        return new UncheckedIOException("The resource " + name + " cannot be read.", cause);
    }
}
