package org.glip.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** WebP to RGB by libwebp, the decoder that PIL uses as well. */
final class WebpDecoder {
    private static final ImageReaderSpi PROVIDER = new WebPImageReaderSpi();

    private static final int LENGTH_AT = 4;
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int EXTENDED = 'V' | 'P' << 8 | '8' << 16 | 'X' << 24;
    private static final int LOSSY = 'V' | 'P' << 8 | '8' << 16 | ' ' << 24;
    private static final int LOSSLESS = 'V' | 'P' << 8 | '8' << 16 | 'L' << 24;
    private static final int ANIMATED = 2;

    /** The cheapest prediction modes of a lossy 16 x 16 block cost 3.4 bits. */
    private static final long LOSSY_PIXELS_PER_BYTE = 600;

    /** A lossless picture of one colour needs no bits at all, so only large ones are held against their file. */
    private static final long LOSSLESS_PIXELS_PER_BYTE = 4096;

    private static final long LOSSLESS_PIXELS_FOR_NOTHING = 1 << 22;

    /** Libwebp's pixels as an int each, and three bytes. */
    private static final long BYTES_PER_PIXEL = 7;

    private WebpDecoder() {}

    static EncodedPicture open(byte[] file) throws IOException {
        long possiblePixels = possiblePixels(file);
        long pixels = Readers.read(PROVIDER, new ByteArrayImageStream(file), reader -> {
            // libwebp takes the size from the header alone.
            ImageDecoder.checkSize(reader.getWidth(0), reader.getHeight(0), possiblePixels);
            return (long) reader.getWidth(0) * reader.getHeight(0);
        });
        return new EncodedPicture(
                BYTES_PER_PIXEL * pixels + 2L * file.length,
                () -> Readers.read(
                        PROVIDER,
                        new ByteArrayImageStream(file),
                        reader -> RasterColours.toRgb(read(reader)).stored()));
    }

    private static BufferedImage read(ImageReader reader) throws IOException {
        try {
            return reader.read(0);
        } catch (OutOfMemoryError e) {
            if (e.getMessage() != null) {
                throw e; // the heap's own
            }
            // libwebp says "out of memory" for a damaged alpha header, and the binding throws that as an error.
            throw new IIOException("libwebp cannot decode its alpha, or lacks the memory for it");
        }
    }

    /** Checks the container up to the coded picture and says how many pixels the file can hold. */
    private static long possiblePixels(byte[] file) throws IIOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long claimed = bytes.getInt(LENGTH_AT) & 0xFFFF_FFFFL;
        if (CHUNK_HEADER + claimed > file.length) {
            throw new IIOException("the file is truncated: it has " + file.length + " bytes where its header says "
                    + (CHUNK_HEADER + claimed));
        }
        long at = FIRST_CHUNK;
        while (at + CHUNK_HEADER < file.length) {
            int chunk = bytes.getInt((int) at);
            if (chunk == LOSSY) {
                return LOSSY_PIXELS_PER_BYTE * file.length;
            }
            if (chunk == LOSSLESS) {
                return Math.max(LOSSLESS_PIXELS_FOR_NOTHING, LOSSLESS_PIXELS_PER_BYTE * file.length);
            }
            if (chunk == EXTENDED && (file[(int) at + CHUNK_HEADER] & ANIMATED) != 0) {
                throw new IIOException("it is animated; only still WebP pictures are read");
            }
            long length = bytes.getInt((int) at + 4) & 0xFFFF_FFFFL;
            at += CHUNK_HEADER + length + (length & 1);
        }
        throw new IIOException("it has no coded picture (VP8 or VP8L chunk)");
    }
}
