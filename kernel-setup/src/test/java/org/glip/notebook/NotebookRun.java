package org.glip.notebook;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.notebook.NotebookFile.Cell;

/**
 * A notebook after all its cells have run.
 *
 * @param output the file with what they printed
 * @param page what they showed
 */
record NotebookRun(Path output, Page page) {
    /**
     * Runs all cells of a notebook and keeps what they print in a file.
     *
     * @param outputFolder where the file with the cells' output goes
     * @throws AssertionError naming the notebook, the cell, the snippet and all causes, at the first cell that fails
     */
    static NotebookRun run(NotebookFile notebook, Path outputFolder) throws IOException {
        String name = notebook.path().getFileName().toString();
        Path output = Files.createDirectories(outputFolder).resolve(name.replace(".ipynb", ".txt"));
        Page page = Page.open();
        PrintStream console = System.out;
        try (PrintStream toFile = new PrintStream(output.toFile(), StandardCharsets.UTF_8);
                CellRunner runner = new CellRunner()) {
            System.setOut(toFile);
            for (Cell cell : notebook.cells()) {
                toFile.println("--- code cell " + cell.number());
                page.beginCell(cell.number());
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
        return new NotebookRun(output, page);
    }
}
