package org.glip.parquet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A Parquet file that contradicts itself or cannot be unpacked; the message says where, and its catcher which file. */
final class DamagedTableException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedTableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
