package org.glip.scenes;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture with transparency.
 *
 * @param width pixels in a row
 * @param height rows
 * @param argb rows from top to bottom, a pixel as 0xAARRGGBB, colours not multiplied by alpha; not to be changed
 */
record ArgbImage(int width, int height, int[] argb) {
    /** No source picture of Scenes is larger than 1024; a header that claims more is not believed. */
    private static final int MAX_SIDE = 4096;

    static ArgbImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        return new ArgbImage(width, height, image.getRGB(0, 0, width, height, null, 0, width));
    }

    /**
     * Decodes a PNG, JPEG or WebP file.
     *
     * @param file its bytes
     * @param name what messages call it
     * @throws IOException if the bytes are no such picture, or one of more than 4096 pixels a side
     */
    static ArgbImage decode(byte[] file, String name) throws IOException {
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IOException(name + " is not a picture in a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream);
                if (reader.getWidth(0) > MAX_SIDE || reader.getHeight(0) > MAX_SIDE) {
                    throw new IOException(name + " has more than " + MAX_SIDE + " pixels a side");
                }
                return of(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // image readers throw unchecked exceptions, too, where a file is damaged
            throw new IOException(name + " does not decode: " + e.getMessage(), e);
        }
    }

    /** Left and right exchanged. */
    ArgbImage mirrored() {
        int[] turned = new int[argb.length];
        for (int i = 0; i < argb.length; i++) {
            int row = i / width * width;
            turned[i] = argb[row + width - 1 - (i - row)];
        }
        return new ArgbImage(width, height, turned);
    }

    /** The picture as a PNG file. */
    byte[] encodePng() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(toBufferedImage(BufferedImage.TYPE_INT_ARGB), "png", stream);
        }
        return bytes.toByteArray();
    }

    /** A copy for Java2D. */
    BufferedImage toBufferedImage(int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        image.setRGB(0, 0, width, height, argb, 0, width);
        return image;
    }
}
