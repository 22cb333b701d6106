package org.glip.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.IIOException;
import javax.imageio.spi.ImageReaderSpi;

/** PNG to RGB by the JDK's reader. */
final class PngDecoder {
    private static final ImageReaderSpi PROVIDER = Readers.ofTheJdk("png");
    private static final int HEADER_CHUNK = 0x49484452; // IHDR

    /** Where the first chunk's type, width, height, depth and colour type stand. */
    private static final int TYPE_AT = 12;

    private static final int HEADER_END = 26;

    /** Deflate packs at most 1032 bytes into one. */
    private static final long BITS_PER_BYTE = 1032 * 8;

    private PngDecoder() {}

    static EncodedPicture open(byte[] file) throws IOException {
        return new EncodedPicture(checkedBytes(file), () -> decode(file));
    }

    private static StoredImage decode(byte[] file) throws IOException {
        ByteArrayImageStream stream = new ByteArrayImageStream(file);
        return Readers.read(PROVIDER, stream, reader -> RasterColours.toRgb(reader.read(0)))
                .stored();
    }

    /** Checks the header and says what decoding takes: the file, the samples as stored, and three bytes a pixel. */
    private static long checkedBytes(byte[] file) throws IIOException {
        if (file.length < HEADER_END) {
            throw new IIOException("the file is truncated: it ends within its header");
        }
        ByteBuffer header = ByteBuffer.wrap(file, TYPE_AT, HEADER_END - TYPE_AT);
        if (header.getInt() != HEADER_CHUNK) {
            throw new IIOException("its first chunk is not the header (IHDR)");
        }
        long width = header.getInt() & 0xFFFF_FFFFL;
        long height = header.getInt() & 0xFFFF_FFFFL;
        int bits = Math.max(1, header.get() * samples(header.get() & 0xFF));
        ImageDecoder.checkSize(width, height, BITS_PER_BYTE * file.length / bits);
        return file.length + width * height * ((bits + 7) / 8 + 3);
    }

    /** Samples in a pixel by PNG's colour type: grey, RGB, palette, grey + alpha, RGB + alpha. */
    private static int samples(int colourType) throws IIOException {
        return switch (colourType) {
            case 0, 3 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> throw new IIOException("its colour type is " + colourType + "; 0, 2, 3, 4 and 6 exist");
        };
    }
}
