package org.glip.image;

import java.awt.image.BufferedImage;
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

    /**
     * Returns a picture of Java 2D, to be converted as {@link RgbImage#from} does.
     *
     * @param image of any type
     * @return the picture
     */
    public static EncodedPicture of(BufferedImage image) {
        long bytes = 3L * image.getWidth() * image.getHeight();
        return new EncodedPicture(bytes, () -> RgbImage.from(image).stored());
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
