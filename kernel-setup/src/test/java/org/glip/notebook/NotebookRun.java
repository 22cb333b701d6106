package org.glip.notebook;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.notebook.NotebookFile.Cell;

/** Runs all cells of a notebook and keeps what they print in a file. */
final class NotebookRun {
    private NotebookRun() {}

    /**
     * @param outputFolder where the file with the cells' output goes
     * @return that file
     * @throws AssertionError naming the notebook, the cell, the snippet and all causes, at the first cell that fails
     */
    static Path run(NotebookFile notebook, Path outputFolder) throws IOException {
        String name = notebook.path().getFileName().toString();
        Path output = Files.createDirectories(outputFolder).resolve(name.replace(".ipynb", ".txt"));
        PrintStream console = System.out;
        try (PrintStream toFile = new PrintStream(output.toFile(), StandardCharsets.UTF_8);
                CellRunner runner = new CellRunner()) {
            System.setOut(toFile);
            for (Cell cell : notebook.cells()) {
                toFile.println("--- code cell " + cell.number());
                try {
                    runner.run(cell.source());
                } catch (CellRunner.CellFailure e) {
                    String place = "%s, code cell %d of %d (output so far: %s)"
                            .formatted(name, cell.number(), notebook.cells().size(), output);
                    throw new AssertionError(place + "\n" + e.getMessage(), e);
                }
            }
        } finally {
            System.setOut(console);
        }
        return output;
    }
}
