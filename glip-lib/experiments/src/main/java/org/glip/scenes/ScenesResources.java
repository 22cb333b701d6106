package org.glip.scenes;

import java.io.IOException;
import java.io.InputStream;

/** The files of {@code data-scripts/} that the library carries on its class path. */
final class ScenesResources {
    private ScenesResources() {}

    /**
     * Opens one.
     *
     * @param name relative to {@code data-scripts/}, such as {@code backgrounds/backgrounds.tar}
     * @throws IOException if the library was built without it
     */
    static InputStream open(String name) throws IOException {
        InputStream stream = ScenesResources.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException(
                    "the library was built without data-scripts/" + name + ": build it again from the repository");
        }
        return stream;
    }

    /** The whole content of one. */
    static byte[] read(String name) throws IOException {
        try (InputStream stream = open(name)) {
            return stream.readAllBytes();
        }
    }
}
