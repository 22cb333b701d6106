package org.glip.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPageTest {
    private static final Path ROOT = Path.of("../..");
    private static final String HINT = " differs from its files; CONTRIBUTING.md says how to write it anew";

    @TempDir
    private Path folder;

    @Test
    void thePageOfResultsIsWhatTheFilesGive() throws IOException {
        ResultsPage page = ResultsPage.of(ROOT);
        assertEquals(Files.readString(page.results()), page.resultsText(), "docs/results.md" + HINT);
    }

    @Test
    void theTableInTheReadmeIsWhatTheFilesGive() throws IOException {
        ResultsPage page = ResultsPage.of(ROOT);
        assertEquals(Files.readString(page.readme()), page.readmeText(), "README.md" + HINT);
    }

    @Test
    void anotherFigureInAResultFileIsAnotherPage() throws IOException {
        Path copy = copyOfTheFiles();
        Path run = copy.resolve("notebooks/results/03-benchmark-tables/centred-CLIP-samples64000-seed0.json");
        String text = Files.readString(run);
        Files.writeString(run, text.replaceFirst("\"tuned top-1\": [0-9.]+", "\"tuned top-1\": 0.9"));
        ResultsPage page = ResultsPage.of(copy);
        assertFalse(Files.readString(ROOT.resolve("docs/results.md")).equals(page.resultsText()));
        assertFalse(Files.readString(ROOT.resolve("README.md")).equals(page.readmeText()));
    }

    @Test
    void theProgramWritesBothPages() throws IOException {
        Path copy = copyOfTheFiles();
        Files.writeString(copy.resolve("docs/results.md"), "");
        String readme = Files.readString(copy.resolve("README.md"));
        Files.writeString(copy.resolve("README.md"), ResultsPage.withBlock(readme, "stale\n"));
        ResultsPage.main(new String[] {copy.toString()});
        assertEquals(
                Files.readString(ROOT.resolve("docs/results.md")), Files.readString(copy.resolve("docs/results.md")));
        assertEquals(readme, Files.readString(copy.resolve("README.md")));
    }

    private Path copyOfTheFiles() throws IOException {
        for (String tree : new String[] {"notebooks/results", "docs", "README.md"}) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(tree))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = folder.resolve(ROOT.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
        return folder;
    }

    @Test
    void aReadmeWithoutMarkersIsRefused() {
        IOException e = assertThrows(IOException.class, () -> ResultsPage.withBlock("no markers", "x\n"));
        assertTrue(e.getMessage().contains("<!-- results:begin -->"), e.getMessage());
    }

    @Test
    void aMeasurementWithoutProvenanceIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.json"),
                "{\"sections\": [{\"title\": \"Speed\", \"machine\": \"a\", \"date\": \"b\"}]}");
        IOException e = assertThrows(IOException.class, () -> Measurements.read(file));
        assertTrue(e.getMessage().contains("\"Speed\"") && e.getMessage().contains("\"command\""), e.getMessage());
    }

    @Test
    void aRowOfAnotherLengthThanItsHeaderIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.json"),
                "{\"sections\": [{\"title\": \"Speed\", \"machine\": \"a\", \"date\": \"b\", \"command\": \"c\","
                        + " \"columns\": [\"x\", \"y\"], \"rows\": [[\"1\"]]}]}");
        IOException e = assertThrows(IOException.class, () -> Measurements.read(file));
        assertTrue(e.getMessage().contains("the row [1] has 1 cells, but there are 2 columns"), e.getMessage());
    }
}
