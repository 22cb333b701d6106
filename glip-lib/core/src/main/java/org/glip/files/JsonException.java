package org.glip.files;

import java.io.IOException;

/** A JSON text that cannot be used; the message names the file, and the field where it is one that is wrong. */
public final class JsonException extends IOException {
    private static final long serialVersionUID = 1L;

    JsonException(String message) {
        super(message);
    }
}
