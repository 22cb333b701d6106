package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the cells of every Java notebook, in the profile that the build sets ({@code GLIP_PROFILE=smoke}), without
 * Jupyter and without Python. What cells print goes to {@code target/notebook-output}.
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
                        notebook.path().getFileName().toString(), () -> runAndCompare(notebook)));
    }

    /** A cell under which a table or a picture stands in the file shows one when it is run. */
    private static void runAndCompare(NotebookFile notebook) throws IOException {
        NotebookRun run = NotebookRun.run(notebook, MODULE.resolve("target/notebook-output"));
        List<String> missing = new ArrayList<>();
        for (NotebookFile.Cell cell : notebook.cells()) {
            Set<Page.Form> forms = run.page().forms(cell.number());
            if (!forms.containsAll(cell.shown())) {
                missing.add("code cell " + cell.number() + " shows " + forms + ", but in the file " + cell.shown());
            }
        }
        assertEquals(List.of(), missing, notebook.path().toString());
        if (notebook.path().toString().endsWith(LessonTest.TWIN)) {
            requireAllRight(run.page().texts());
        }
    }

    private static void requireAllRight(List<String> said) {
        assertTrue(said.stream().anyMatch(text -> text.startsWith("✓")), "no exercise is checked");
        assertEquals(
                List.of(),
                said.stream()
                        .filter(text -> text.startsWith("✗") || text.contains("not answered yet"))
                        .toList());
    }

    @Test
    void tablesAndPicturesStandInEveryNotebook() throws IOException {
        for (NotebookFile notebook : notebooks()) {
            Set<Page.Form> shown = EnumSet.noneOf(Page.Form.class);
            notebook.cells().forEach(cell -> shown.addAll(cell.shown()));
            assertEquals(
                    EnumSet.allOf(Page.Form.class),
                    shown,
                    notebook.path() + " should be kept with what its cells show; run it and save it");
        }
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
