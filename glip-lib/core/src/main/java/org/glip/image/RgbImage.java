package org.glip.image;

import java.awt.image.BufferedImage;

/**
 * A picture of 8-bit RGB pixels.
 *
 * <p>The array is neither copied on the way in nor on the way out, because pictures pass through a loader by the
 * thousand a second: whoever makes an {@code RgbImage} gives its array away, and nobody writes to it afterwards. Two
 * pictures are equal only if they share that array.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param rgb interleaved red, green, blue, 0..255 as unsigned bytes, rows from top to bottom; length
 *     {@code 3 * width * height}
 */
public record RgbImage(int width, int height, byte[] rgb) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a side is below 1 or the array's length does not fit the sides
     */
    public RgbImage {
        requireFitting(width, height, rgb.length);
    }

    static void requireFitting(int width, int height, int bytes) {
        if (width < 1 || height < 1 || bytes != 3L * width * height) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels with " + bytes
                    + " bytes: sides must be at least 1 and the bytes 3 x width x height");
        }
    }

    /**
     * Takes over the picture of a Java 2D image, of any type. Alpha is dropped, not blended, as in
     * {@link ImageDecoder}.
     *
     * @param image any image
     * @return its colours
     */
    public static RgbImage from(BufferedImage image) {
        return RasterColours.toRgb(image);
    }

    /**
     * Returns the square of the picture that a network sees: what {@link ImageTransform#evaluation} does before it
     * normalises.
     *
     * @param side of the square, in pixels, at least 1
     * @return a picture of side x side pixels; this one if it has that size
     * @throws IllegalArgumentException if the side is below 1
     */
    public RgbImage resizeAndCrop(int side) {
        return new EvaluationTransform(side, PreprocessConfig.clip()).resizeAndCrop(this);
    }

    /**
     * Returns the same picture, with the same array, for what also takes pictures in YCbCr.
     *
     * @return a picture stored in RGB
     */
    public StoredImage stored() {
        return new StoredImage(width, height, rgb, StoredImage.Colours.RGB);
    }

    /**
     * Copies the picture for Java 2D and for notebooks.
     *
     * @return an image of type {@link BufferedImage#TYPE_INT_RGB}
     */
    public BufferedImage toBufferedImage() {
        int[] packed = new int[width * height];
        for (int i = 0, from = 0; i < packed.length; i++, from += 3) {
            packed[i] = (rgb[from] & 0xFF) << 16 | (rgb[from + 1] & 0xFF) << 8 | rgb[from + 2] & 0xFF;
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, width, height, packed);
        return image;
    }

    @Override
    public String toString() {
        return "RgbImage[" + width + " x " + height + "]";
    }
}
