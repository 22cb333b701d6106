package org.glip.pages;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.glip.files.Json;
import org.jspecify.annotations.Nullable;

/**
 * Figures that no result file holds, since a person took them: speed beside other programs, times of a set-up. The file
 * says for each section when, on what and by which command it was measured; its cells are copied as they were written
 * down.
 */
final class Measurements {
    private final List<Section> sections;

    private Measurements(List<Section> sections) {
        this.sections = sections;
    }

    /** A file's content; the names are those of its JSON. */
    private record Content(@Nullable List<Section> sections) {}

    /** What was measured together. */
    private record Section(
            @Nullable String title,
            @Nullable String machine,
            @Nullable String date,
            @Nullable String command,
            @Nullable String words,
            @Nullable List<String> columns,
            @Nullable List<List<String>> rows) {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, is no JSON of this form, a section lacks its provenance, or a row has
     *     another number of cells than there are columns; the section is named
     */
    static Measurements read(Path file) throws IOException {
        Content content;
        try {
            content = new Gson().fromJson(Json.read(file).raw(), Content.class);
        } catch (JsonParseException e) {
            throw new IOException(file + " is not the JSON it should be: " + e.getMessage(), e);
        }
        if (content.sections() == null) {
            throw new IOException(file + " has no \"sections\"");
        }
        for (Section section : content.sections()) {
            check(file, section);
        }
        return new Measurements(content.sections());
    }

    private static void check(Path file, Section section) throws IOException {
        String where = file + ", section \"" + section.title() + "\"";
        if (section.title() == null
                || section.machine() == null
                || section.date() == null
                || section.command() == null) {
            throw new IOException(where + ": it needs \"title\", \"machine\", \"date\" and \"command\"");
        }
        if ((section.columns() == null) != (section.rows() == null)) {
            throw new IOException(where + ": \"columns\" and \"rows\" go together");
        }
        if (section.columns() != null && section.rows() != null) {
            for (List<String> row : section.rows()) {
                if (row.size() != section.columns().size()) {
                    throw new IOException(where + ": the row " + row + " has " + row.size() + " cells, but there are "
                            + section.columns().size() + " columns");
                }
            }
        }
    }

    String write() {
        return sections.stream().map(Measurements::text).collect(Collectors.joining("\n"));
    }

    private static String text(Section section) {
        StringBuilder text = new StringBuilder("## " + section.title() + "\n\n");
        if (section.words() != null) {
            text.append(section.words()).append("\n\n");
        }
        if (section.columns() != null && section.rows() != null) {
            text.append(row(section.columns()));
            text.append("|---".repeat(section.columns().size())).append("|\n");
            section.rows().forEach(cells -> text.append(row(cells)));
            text.append('\n');
        }
        return text.append("Measured on " + section.date() + ", " + section.machine() + ", by " + section.command()
                        + ".\n")
                .toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
