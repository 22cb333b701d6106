package org.glip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the formatter leaves as it is: comments and strings. */
class SourceLinesTest {
    private static final int COLUMNS = 120;

    @Test
    void linesOfTheLibraryAreWithin120Columns() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int files = 0;
        for (String module : List.of(
                "core",
                "ranks",
                "parquet",
                "experiments",
                "cli",
                "spark",
                "benchmarks",
                "examples",
                "../kernel-setup")) {
            for (Path file : sources(Path.of("..", module, "src", "main"))) {
                files++;
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).codePointCount(0, lines.get(i).length()) > COLUMNS) {
                        tooLong.add(file + ":" + (i + 1));
                    }
                }
            }
        }
        assertTrue(files > 300, "there are more sources than " + files);
        assertEquals(List.of(), tooLong);
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|kt)"))
                    .toList();
        }
    }
}
