package org.glip.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A shard that cannot be read to its end. The message says what is wrong with it; who catches it knows which shard it
 * is.
 */
final class DamagedShardException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedShardException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
