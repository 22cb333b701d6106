package org.glip.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;

/**
 * Where a study's files lie, as seen from the folder of the notebooks, and what a person types to make them.
 *
 * @param data the project's folder of data
 * @param results folder of the result files
 * @param models folder of the trained models
 * @param command for the provenance
 */
record StudyFiles(Path data, Path results, Path models, String command) {
    private static final Path DATA = Path.of("../data");
    private static final Path OUT = Path.of("../out");

    /**
     * The files of a notebook whose results are kept.
     *
     * @param notebook its name, such as {@code 02-sigma-sweep}
     * @param size of the study; what {@code SMOKE} makes lies apart, and is made anew each time
     * @param suffix of the folder of results, for data of one's own; may be empty
     */
    static StudyFiles of(String notebook, StudySize size, String suffix) throws IOException {
        return size == StudySize.SMOKE
                ? ofThisPage(notebook)
                : new StudyFiles(DATA, kept(notebook + suffix), OUT.resolve("models"), command(notebook));
    }

    /** The files of what is measured anew for each page. */
    static StudyFiles ofThisPage(String notebook) throws IOException {
        Path own = OUT.resolve("this-page").resolve(notebook);
        if (Files.exists(own)) {
            PathUtils.deleteDirectory(own);
        }
        return new StudyFiles(DATA, own.resolve("results"), own.resolve("models"), command(notebook));
    }

    /** The result files of a notebook that come along. */
    static Path kept(String notebook) {
        return Path.of("results").resolve(notebook);
    }

    private static String command(String notebook) {
        return "GLIP_PROFILE=full kernel-setup/run.sh --in-place notebooks/" + notebook + ".ipynb";
    }
}
