package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the cells of every Java notebook, in the profile that the build sets ({@code GLIP_PROFILE=smoke}), without Jupyter and
 * without Python. What cells print goes to {@code target/notebook-output}.
 */
class NotebookTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir"));

    @TestFactory
    Stream<DynamicTest> everyCellOfTheNotebooksRuns() throws IOException {
        List<NotebookFile> notebooks = notebooks();
        assertFalse(notebooks.isEmpty(), "there is no notebook in notebooks/");
        return notebooks.stream()
                .filter(notebook -> notebook.kernel().equals("java"))
                .map(notebook -> DynamicTest.dynamicTest(
                        notebook.path().getFileName().toString(),
                        () -> NotebookRun.run(notebook, MODULE.resolve("target/notebook-output"))));
    }

    @Test
    void everyNotebookAsksForAKernelThatTheSetUpInstalls() throws IOException {
        for (NotebookFile notebook : notebooks()) {
            assertTrue(
                    List.of("java", "kotlin").contains(notebook.kernel()),
                    notebook.path() + " asks for the kernel " + notebook.kernel());
        }
    }

    @Test
    void theBuildRunsThemInTheSmokeProfile() {
        assertEquals(Profile.SMOKE, Profile.current());
    }

    private static List<NotebookFile> notebooks() throws IOException {
        List<NotebookFile> notebooks = new ArrayList<>();
        try (Stream<Path> files = Files.list(MODULE.resolveSibling("notebooks"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList()) {
                notebooks.add(NotebookFile.read(file));
            }
        }
        return notebooks;
    }
}
