package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lessons have exercises; {@code kernel-setup/solutions.py} makes of each a twin in which they are solved. */
class LessonTest {
    static final String TWIN = "-solutions.ipynb";
    private static final Path NOTEBOOKS = Path.of(System.getProperty("basedir")).resolveSibling("notebooks");
    private static final Pattern FENCED =
            Pattern.compile("^```(?:java|kotlin)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final int LONGEST_CELL = 10;

    static List<Path> lessons() throws IOException {
        try (Stream<Path> files = Files.list(NOTEBOOKS)) {
            return files.filter(file -> file.toString().endsWith("lesson.ipynb")
                            || file.toString().endsWith("lesson-kotlin.ipynb"))
                    .toList();
        }
    }

    private static JsonArray cells(Path notebook) throws IOException {
        return JsonParser.parseString(Files.readString(notebook))
                .getAsJsonObject()
                .getAsJsonArray("cells");
    }

    private static String source(JsonElement cell) {
        return NotebookFile.text(cell.getAsJsonObject().get("source"));
    }

    private static boolean isCode(JsonElement cell) {
        return cell.getAsJsonObject().get("cell_type").getAsString().equals("code");
    }

    private static boolean isTagged(JsonElement cell, String tag) {
        JsonObject metadata = cell.getAsJsonObject().getAsJsonObject("metadata");
        return metadata.has("tags")
                && metadata.getAsJsonArray("tags").toString().contains('"' + tag + '"');
    }

    @Test
    void thereIsALesson() throws IOException {
        assertFalse(lessons().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void theTwinIsTheLessonWithItsSolutions(Path lesson) throws IOException {
        JsonArray cells = cells(lesson);
        List<String> expected = new ArrayList<>();
        int exercises = 0;
        for (int i = 1; i < cells.size(); i++) {
            if (isTagged(cells.get(i), "exercise")) {
                Matcher solution = FENCED.matcher(source(cells.get(i + 1)));
                assertTrue(solution.find(), "no solution follows " + source(cells.get(i)));
                expected.add(solution.group(1).stripTrailing());
                exercises++;
            } else {
                expected.add(source(cells.get(i)));
            }
        }
        assertTrue(exercises > 0, "no exercise");
        List<String> found = new ArrayList<>();
        cells(NOTEBOOKS.resolve(lesson.getFileName().toString().replace(".ipynb", TWIN)))
                .forEach(cell -> found.add(source(cell)));
        assertEquals(expected, found.subList(1, found.size()), "run kernel-setup/solutions.py " + lesson.getFileName());
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void cellsAreShort(Path lesson) throws IOException {
        for (JsonElement cell : cells(lesson)) {
            long lines = source(cell)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.strip().equals("}"))
                    .count();
            assertTrue(!isCode(cell) || lines <= LONGEST_CELL, lines + " lines:\n" + source(cell));
        }
    }
}
