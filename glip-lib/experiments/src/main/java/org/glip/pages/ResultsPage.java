package org.glip.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.files.AtomicFile;

/**
 * Writes {@code docs/results.md} and the generated block of {@code README.md} from {@code notebooks/results} and
 * {@code docs/measurements.json}. Every figure on them comes from those files; a test holds the committed pages to what
 * this writes.
 */
public final class ResultsPage {
    private static final String BEGIN = "<!-- results:begin -->\n";
    private static final String END = "<!-- results:end -->\n";

    private final Path root;
    private final ResultFiles files;

    private ResultsPage(Path root) throws IOException {
        this.root = root;
        this.files = ResultFiles.read(root.resolve("notebooks/results"));
    }

    /**
     * Writes both pages.
     *
     * @param arguments the root of the checkout
     * @throws IOException if a file cannot be read or written, or the README has no place for the block
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: ResultsPage ROOT_OF_THE_CHECKOUT");
            System.exit(2);
        }
        ResultsPage page = new ResultsPage(Path.of(arguments[0]));
        AtomicFile.writeText(page.results(), page.resultsText());
        AtomicFile.writeText(page.readme(), page.readmeText());
    }

    static ResultsPage of(Path root) throws IOException {
        return new ResultsPage(root);
    }

    Path results() {
        return root.resolve("docs/results.md");
    }

    Path readme() {
        return root.resolve("README.md");
    }

    /** The whole of {@code docs/results.md}. */
    String resultsText() throws IOException {
        return new ResultsText(files).write()
                + Measurements.read(root.resolve("docs/measurements.json")).write();
    }

    /** The README as it is, with the block between its markers made anew. */
    String readmeText() throws IOException {
        return withBlock(Files.readString(readme()), new ReadmeBlock(files).write());
    }

    /**
     * A text with what stands between the two markers replaced.
     *
     * @throws IOException if the markers are not there, each once and in their order
     */
    static String withBlock(String text, String block) throws IOException {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin || text.lastIndexOf(BEGIN) != begin || text.lastIndexOf(END) != end) {
            throw new IOException("README.md must have the lines " + BEGIN.strip() + " and " + END.strip()
                    + " once each, in this order; the table of results goes between them");
        }
        return text.substring(0, begin + BEGIN.length()) + block + text.substring(end);
    }
}
