package org.glip.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.spi.ImageReaderSpi;

/** The first frame of a GIF, on its canvas, by the JDK's reader. */
final class GifDecoder {
    private static final ImageReaderSpi PROVIDER = Readers.ofTheJdk("gif");

    /** A code of 12 bits stands for at most as many pixels as the table of 4096 strings has entries. */
    private static final long PIXELS_PER_BYTE = 4096 * 8 / 12;

    private GifDecoder() {}

    static EncodedPicture open(byte[] file) throws IOException {
        GifHeader header = GifHeader.parse(file);
        Box frame = header.frame();
        // A frame that reaches beyond the canvas enlarges it, as in PIL.
        int width = Math.max(header.canvasWidth(), frame.left() + frame.width());
        int height = Math.max(header.canvasHeight(), frame.top() + frame.height());
        ImageDecoder.checkSize(width, height, PIXELS_PER_BYTE * file.length);
        // indices, their colours, and the canvas where it is larger than the frame
        long bytes = 4L * frame.width() * frame.height() + 3L * width * height + file.length;
        return new EncodedPicture(bytes, () -> {
            ByteArrayImageStream stream = new ByteArrayImageStream(file);
            BufferedImage image = Readers.read(PROVIDER, stream, reader -> reader.read(0));
            return onCanvas(image, frame, width, height).stored();
        });
    }

    private static RgbImage onCanvas(BufferedImage image, Box frame, int width, int height) {
        RgbImage picture = RasterColours.toRgb(image);
        if (frame.equals(Box.whole(width, height))) {
            return picture;
        }
        byte[] rgb = new byte[3 * width * height];
        int background = background((IndexColorModel) image.getColorModel());
        for (int at = 0; at < rgb.length; ) {
            at = RasterColours.put(rgb, at, background);
        }
        int rowLength = 3 * frame.width();
        for (int y = 0; y < frame.height(); y++) {
            int to = 3 * ((frame.top() + y) * width + frame.left());
            System.arraycopy(picture.rgb(), y * rowLength, rgb, to, rowLength);
        }
        return new RgbImage(width, height, rgb);
    }

    /** PIL fills the canvas with the transparent colour, or with the palette's first where there is none. */
    private static int background(IndexColorModel palette) {
        return palette.getRGB(Math.max(0, palette.getTransparentPixel()));
    }
}
