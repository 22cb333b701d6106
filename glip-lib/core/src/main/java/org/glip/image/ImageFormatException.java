package org.glip.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that is no picture we read, or a damaged one. The message names the sample and says what was expected. */
final class ImageFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    ImageFormatException(String name, String problem, @Nullable Throwable cause) {
        super(name + ": " + problem, cause);
    }
}
