package org.glip.results;

import java.io.IOException;
import java.nio.file.Path;
import org.glip.files.JsonException;

/** A result file that cannot be used; the message names the file and says what is wrong with it. */
public final class ResultFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the file and what is wrong with it.
     *
     * @param file the file
     * @param problem what is wrong with it, and what would be right
     */
    public ResultFileException(Path file, String problem) {
        super("Result file " + file + ": " + problem);
    }

    /**
     * @param problem what is wrong with its JSON, by file and field
     */
    ResultFileException(JsonException problem) {
        super("Result file " + problem.getMessage(), problem);
    }
}
