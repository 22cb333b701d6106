package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookRunTest {
    @TempDir
    Path folder;

    @Test
    void runsTheDemoAndShowsItsLastExpressions() throws IOException {
        NotebookRun run = NotebookRun.run(resource("demo.ipynb"), folder);
        String printed = Files.readString(run.output());
        assertTrue(printed.contains("picture, 64 x 64 pixels"), printed);
        assertTrue(printed.contains("step 20 of 20"), printed);
        assertTrue(printed.contains("chart: Top-1"), printed);
        assertTrue(printed.contains("GLIP        4"), printed);
        assertEquals(
                List.of(
                        Set.of(),
                        Set.of(Page.Form.PICTURE),
                        Set.of(Page.Form.PICTURE),
                        Set.of(Page.Form.PICTURE),
                        Set.of(Page.Form.TABLE),
                        Set.of(),
                        Set.of()),
                IntStream.rangeClosed(1, 7).mapToObj(run.page()::forms).toList());
    }

    @Test
    void namesTheCellThatThrowsAndItsCauses() throws IOException {
        NotebookFile notebook = resource("throws.ipynb");
        String failure = assertThrows(AssertionError.class, () -> NotebookRun.run(notebook, folder))
                .getMessage();
        assertTrue(failure.contains("throws.ipynb, code cell 2 of 3"), failure);
        assertTrue(failure.contains("load(\"missing.tar\")"), failure);
        assertTrue(failure.contains("java.lang.IllegalStateException: the shard could not be read"), failure);
        assertTrue(failure.contains("caused by java.io.IOException: missing.tar is cut short"), failure);
    }

    @Test
    void namesTheCellThatDoesNotCompileAndTheLine() throws IOException {
        NotebookFile notebook = resource("does-not-compile.ipynb");
        String failure = assertThrows(AssertionError.class, () -> NotebookRun.run(notebook, folder))
                .getMessage();
        assertTrue(failure.contains("does-not-compile.ipynb, code cell 2 of 2"), failure);
        assertTrue(failure.contains("line 2: incompatible types"), failure);
    }

    @Test
    void namesAFileThatIsNoNotebook() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.ipynb"), "{\"cells\": []}");
        IOException refused = assertThrows(IOException.class, () -> NotebookFile.read(broken));
        assertTrue(refused.getMessage().contains("broken.ipynb is not a notebook"), refused.getMessage());
    }

    private static NotebookFile resource(String name) throws IOException {
        return NotebookFile.read(Path.of(System.getProperty("basedir"), "src/test/resources", name));
    }
}
