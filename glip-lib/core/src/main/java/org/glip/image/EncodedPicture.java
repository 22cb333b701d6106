package org.glip.image;

import java.io.IOException;

/**
 * A picture file whose header has been looked at and found good, not decoded yet.
 *
 * <p>Immutable; threads may share it.
 */
public final class EncodedPicture {
    private final long bytes;
    private final Decoding decoding;

    /** Reads the pixels; a failure names the file. */
    @FunctionalInterface
    interface Decoding {
        StoredImage decode() throws IOException;
    }

    EncodedPicture(long bytes, Decoding decoding) {
        this.bytes = bytes;
        this.decoding = decoding;
    }

    /** {@return what decoding takes of the heap at most, in bytes; the result is among it} */
    public long bytes() {
        return bytes;
    }

    /**
     * Decodes.
     *
     * @return the picture in RGB or YCbCr
     * @throws IOException if the file is truncated or damaged
     */
    public StoredImage decode() throws IOException {
        return decoding.decode();
    }
}
