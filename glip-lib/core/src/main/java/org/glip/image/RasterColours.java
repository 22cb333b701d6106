package org.glip.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * RGB from a Java 2D image without Java 2D's colour management.
 *
 * <p>{@code BufferedImage.getRGB} takes grey for linear light and brightens it; PIL, and so open_clip, copies the
 * sample into the three channels. So stored samples are read here, and only palettes are looked up.
 */
final class RasterColours {
    private RasterColours() {}

    static RgbImage toRgb(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return fromPalette(image.getRaster(), palette);
        }
        if (hasPlainSamples(model) && model.getNumColorComponents() == 1) {
            return fromGrey(image.getRaster(), model.getTransferType());
        }
        if (hasPlainSamples(model) && model.getNumColorComponents() == 3) {
            return fromRgb(image.getRaster(), model.getTransferType());
        }
        return fromPacked(image);
    }

    /** One unsigned 8- or 16-bit number for each component, not multiplied by alpha. */
    private static boolean hasPlainSamples(ColorModel model) {
        int type = model.getTransferType();
        return model instanceof ComponentColorModel
                && !model.isAlphaPremultiplied()
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
    }

    /** Looks palette indices up. An index beyond the palette is black. */
    private static RgbImage fromPalette(Raster raster, IndexColorModel palette) {
        int[] colours = paletteOf(palette);
        int width = raster.getWidth();
        byte[] rgb = allocate(raster);
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int index : row) {
                to = put(rgb, to, colours[index]);
            }
        }
        return new RgbImage(width, raster.getHeight(), rgb);
    }

    static int[] paletteOf(IndexColorModel palette) {
        int[] colours = new int[Math.max(256, 1 << palette.getPixelSize())];
        int[] stored = new int[palette.getMapSize()];
        palette.getRGBs(stored);
        System.arraycopy(stored, 0, colours, 0, stored.length);
        return colours;
    }

    /**
     * Copies grey into the channels. Of 16-bit grey PIL keeps the high byte where there is alpha, and clips at 255
     * where there is none.
     */
    private static RgbImage fromGrey(Raster raster, int transferType) {
        int width = raster.getWidth();
        boolean clipped = raster.getNumBands() == 1;
        int shift = transferType == DataBuffer.TYPE_USHORT && !clipped ? 8 : 0;
        byte[] rgb = allocate(raster);
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int sample : row) {
                to = put(rgb, to, Math.min(sample >> shift, 255) * 0x010101);
            }
        }
        return new RgbImage(width, raster.getHeight(), rgb);
    }

    /** Takes the first three bands; PIL keeps the high byte of 16-bit colours. */
    private static RgbImage fromRgb(Raster raster, int transferType) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int shift = transferType == DataBuffer.TYPE_USHORT ? 8 : 0;
        byte[] rgb = allocate(raster);
        int[] row = new int[width * bands];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int from = 0; from < row.length; from += bands) {
                rgb[to++] = (byte) (row[from] >> shift);
                rgb[to++] = (byte) (row[from + 1] >> shift);
                rgb[to++] = (byte) (row[from + 2] >> shift);
            }
        }
        return new RgbImage(width, raster.getHeight(), rgb);
    }

    /** Everything else is packed sRGB, which Java 2D hands out unchanged. */
    private static RgbImage fromPacked(BufferedImage image) {
        int width = image.getWidth();
        byte[] rgb = allocate(image.getRaster());
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int colour : row) {
                to = put(rgb, to, colour);
            }
        }
        return new RgbImage(width, image.getHeight(), rgb);
    }

    static int put(byte[] rgb, int at, int colour) {
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
        return at + 3;
    }

    private static byte[] allocate(Raster raster) {
        return new byte[Math.multiplyExact(3, Math.multiplyExact(raster.getWidth(), raster.getHeight()))];
    }
}
