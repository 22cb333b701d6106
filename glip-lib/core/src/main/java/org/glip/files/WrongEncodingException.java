package org.glip.files;

import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** A text is not UTF-8; the message is a whole sentence, which names the text. */
final class WrongEncodingException extends CharacterCodingException {
    private static final long serialVersionUID = 1;

    private final String message;

    WrongEncodingException(String message, @Nullable Throwable cause) {
        this.message = message;
        initCause(cause);
    }

    @Override
    public String getMessage() {
        return message;
    }
}
