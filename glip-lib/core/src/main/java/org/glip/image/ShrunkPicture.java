package org.glip.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures made smaller for good, as data are prepared for many passes. */
public final class ShrunkPicture {
    /** What img2dataset's users mostly set. */
    private static final float QUALITY = 0.95f;

    private ShrunkPicture() {}

    /**
     * Shrinks a picture with its proportions kept, by Pillow's bicubic, and encodes it.
     *
     * @param picture whose shorter side is longer than asked for
     * @param shorterSide of the result, in pixels, at least 1
     * @return a JPEG file of quality 95
     * @throws IllegalArgumentException if it would not shrink
     */
    public static byte[] jpeg(RgbImage picture, int shorterSide) {
        int shorter = Math.min(picture.width(), picture.height());
        if (shorterSide < 1 || shorterSide >= shorter) {
            throw new IllegalArgumentException(
                    "a picture whose shorter side is " + shorter + " cannot be shrunk to " + shorterSide);
        }
        RgbImage small = PillowResizer.resize(
                picture, side(picture.width(), shorter, shorterSide), side(picture.height(), shorter, shorterSide));
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(small.toBufferedImage(), null, null), quality);
        } catch (IOException e) {
            throw new IllegalStateException("a picture in memory cannot be written: " + e.getMessage(), e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static int side(int side, int shorter, int shorterSide) {
        return Math.max(shorterSide, (int) Math.round((double) side * shorterSide / shorter));
    }
}
