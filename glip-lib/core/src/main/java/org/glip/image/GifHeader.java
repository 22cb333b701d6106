package org.glip.image;

import javax.imageio.IIOException;

/**
 * What a GIF says before the data of its first frame.
 *
 * @param canvasWidth columns of the logical screen; 0 in files that leave it to the frame
 * @param canvasHeight rows of the logical screen
 * @param frame where the first frame lies
 */
record GifHeader(int canvasWidth, int canvasHeight, Box frame) {
    private static final int IMAGE_DESCRIPTOR = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int FIRST_BLOCK = 13;

    /**
     * Walks the blocks up to the first frame.
     *
     * @param file the file, beginning with {@code GIF}
     * @return its header
     * @throws IIOException if the file ends first or has a block of another kind before its first frame
     */
    static GifHeader parse(byte[] file) throws IIOException {
        int at = FIRST_BLOCK + colourTableLength(unsigned(file, 10));
        while (unsigned(file, at) != IMAGE_DESCRIPTOR) {
            if (unsigned(file, at) != EXTENSION) {
                throw new IIOException("it has no frame: byte " + at + " is " + unsigned(file, at)
                        + " where a frame (44) or an extension (33) was expected");
            }
            at += 2;
            while (unsigned(file, at) != 0) {
                at += 1 + unsigned(file, at);
            }
            at++;
        }
        int width = littleEndian(file, at + 5);
        int height = littleEndian(file, at + 7);
        ImageDecoder.checkSize(width, height, ImageDecoder.MAX_PIXELS);
        Box frame = new Box(littleEndian(file, at + 1), littleEndian(file, at + 3), width, height);
        return new GifHeader(littleEndian(file, 6), littleEndian(file, 8), frame);
    }

    private static int colourTableLength(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static int littleEndian(byte[] file, int at) throws IIOException {
        return unsigned(file, at) | unsigned(file, at + 1) << 8;
    }

    private static int unsigned(byte[] file, int at) throws IIOException {
        if (at >= file.length) {
            throw new IIOException("the file is truncated: it ends before its first frame");
        }
        return file[at] & 0xFF;
    }
}
