package org.glip.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the tables that lie beside the classes of this package. */
final class Resources {
    private Resources() {}

    /**
     * Opens a resource.
     *
     * @throws IllegalStateException if the resource is not in the jar or on the class path
     */
    static InputStream open(String name) {
        InputStream stream = Resources.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("The resource org/glip/text/" + name
                    + " is missing from glip-lib; the jar was built incompletely.");
        }
        return stream;
    }

    /** The lines of a UTF-8 resource without empty lines and without comments, which start with {@code #}. */
    static List<String> lines(String name) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The resource org/glip/text/" + name + " cannot be read.", e);
        }
    }
}
