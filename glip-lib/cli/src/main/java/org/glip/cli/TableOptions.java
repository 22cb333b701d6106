package org.glip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.glip.data.SampleSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a table of picture files and captions is read. */
final class TableOptions {
    /** The endings of tables, and what their fields may lie between, the likeliest first. */
    private static final Map<String, String> SEPARATORS =
            Map.of(".csv", ",\t;|", ".tsv", "\t,;|", ".tab", "\t,;|", ".txt", "\t,;|");

    private static final Pattern PACKED = Pattern.compile("\\.(gz|bz2|xz|zst|zip)$");

    /** A character; a tab may be written as in Python. */
    static final class Separator implements ITypeConverter<Character> {
        @Override
        public Character convert(String value) {
            if (value.equals("\\t")) {
                return '\t';
            }
            if (value.length() != 1 || "\"\r\n".contains(value)) {
                throw new TypeConversionException(
                        "'" + value + "' is no separator; give one character, such as ',' or ';', or '\\t' for a tab");
            }
            return value.charAt(0);
        }
    }

    @Option(
            names = "--csv-separator",
            paramLabel = "C",
            converter = Separator.class,
            description = "Between two fields of a table: a character, or '\\t' for a tab (default: a comma in .csv, a"
                    + " tab in others; if the columns are not found so, the other of these, a semicolon or a bar).")
    private @Nullable Character separator;

    @Option(
            names = "--csv-img-key",
            defaultValue = "filepath",
            paramLabel = "COLUMN",
            description = "Column of the picture files; a path is looked for in the folder of the table, then in the"
                    + " working folder (default: ${DEFAULT-VALUE}).")
    private String imageColumn;

    @Option(
            names = "--csv-caption-key",
            defaultValue = "title",
            paramLabel = "COLUMN",
            description = "Column of the captions (default: ${DEFAULT-VALUE}).")
    private String captionColumn;

    /** Whether these names are that of one table: by its ending, or since a separator is given. A list is none. */
    boolean isTable(List<String> names) {
        String name = names.get(0);
        return names.size() == 1
                && !name.startsWith("@")
                && (SEPARATORS.containsKey(ending(name)) || separator != null && isPlainFile(name));
    }

    /**
     * Refuses a table among several names.
     *
     * @throws IOException that names it
     */
    void refuseSeveral(List<String> names) throws IOException {
        for (String name : names) {
            if (names.size() > 1 && !name.startsWith("@") && SEPARATORS.containsKey(ending(name))) {
                throw new IOException(name + " is a table, and one table is read alone: join several into one, with one"
                        + " header (a list of shards is written @" + name + ")");
            }
        }
    }

    private static boolean isPlainFile(String name) {
        return Files.isRegularFile(Path.of(name)) && !name.contains(".tar");
    }

    SampleSource source(String table) throws IOException {
        String separators = separator == null ? SEPARATORS.get(ending(table)) : separator.toString();
        try {
            return SampleSource.csv(Path.of(table), separators, imageColumn, captionColumn);
        } catch (IOException e) {
            throw ending(table).equals(".txt")
                    ? new IOException(e.getMessage() + " (a list of shards is written @" + table + ")", e)
                    : e;
        }
    }

    private static String ending(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String unpacked = PACKED.matcher(lower).replaceFirst("");
        return unpacked.substring(Math.max(0, unpacked.lastIndexOf('.')));
    }
}
