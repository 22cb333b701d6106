package org.glip.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The imports that every cell has without asking: the library, tables, charts. */
final class NotebookImports {
    private NotebookImports() {}

    /** The import declarations, a line each, as a JShell script. */
    static String script() {
        try (InputStream resource = NotebookImports.class.getResourceAsStream("imports.jshell")) {
            if (resource == null) {
                throw new IllegalStateException(
                        "imports.jshell is missing from the jar of glip-notebook; build it again");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("imports.jshell could not be read from the jar of glip-notebook", e);
        }
    }
}
