package org.glip.image;

import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.spi.ImageReaderSpi;
import org.glip.image.StoredImage.Colours;

/**
 * JPEG to RGB or YCbCr, equal to libjpeg-turbo's default path and so to PIL.
 *
 * <p>The JDK's reader decodes and upsamples; the samples are taken raw and converted by this package, because the JDK
 * guesses colour spaces in its own way, applies embedded profiles and does not convert CMYK at all.
 */
final class JpegDecoder {
    private static final ImageReaderSpi PROVIDER = Readers.ofTheJdk("jpeg");

    /** A Huffman-coded block of 8 x 8 pixels takes one bit at least. */
    private static final long PIXELS_PER_BYTE = 8 * 64;

    private JpegDecoder() {}

    static EncodedPicture open(byte[] file) throws IOException {
        JpegHeader header = JpegHeader.parse(file);
        ImageDecoder.checkSize(header.width(), header.height(), PIXELS_PER_BYTE * file.length);
        long pixels = (long) header.width() * header.height();
        requireLittleWork(pixels, header.scans());
        return new EncodedPicture(bytes(header, pixels) + file.length, () -> decode(file, header));
    }

    private static void requireLittleWork(long pixels, int scans) throws IIOException {
        if (pixels * scans > ImageDecoder.MAX_WORK) {
            throw new IIOException("it has " + scans + " scans of " + pixels + " pixels; at most "
                    + ImageDecoder.MAX_WORK / pixels + " scans of so many are decoded");
        }
    }

    /**
     * The samples as stored, and three a pixel where these are others; half of the rows where chroma is interpolated.
     */
    private static long bytes(JpegHeader header, long pixels) {
        int bands = header.components().size();
        long others = bands == 3 ? 0 : 3 * pixels;
        return bands * pixels + others + (header.hasHalfHeightChroma() ? 3 * pixels / 2 : 0);
    }

    private static StoredImage decode(byte[] file, JpegHeader header) throws IOException {
        byte[] samples = readSamples(file, header);
        if (header.hasHalfHeightChroma()) {
            ChromaRows.interpolate(samples, header.width(), header.height());
        }
        return toThreeSamples(samples, header);
    }

    /** Interleaved samples as stored, one for each pixel and component. */
    private static byte[] readSamples(byte[] file, JpegHeader header) throws IOException {
        ByteArrayImageStream stream = new ByteArrayImageStream(withoutProfiles(file, header));
        Raster raster = Readers.read(PROVIDER, stream, reader -> reader.readRaster(0, null));
        if (stream.exhausted()) {
            // libjpeg fills what is missing with grey and only warns; PIL refuses, so that no half picture trains a
            // model.
            throw new IIOException("the file is truncated: it ends before the picture's end marker");
        }
        int bands = header.components().size();
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        boolean asExpected = raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && model.getPixelStride() == bands
                && samples.length == (long) bands * header.width() * header.height();
        if (!asExpected) {
            throw new IIOException("the reader gave a raster that does not fit the header: " + raster);
        }
        return samples;
    }

    /**
     * Hides colour profiles from the JDK's reader, which parses them on the way to raw samples and refuses pictures
     * with a damaged one.
     */
    private static byte[] withoutProfiles(byte[] file, JpegHeader header) {
        if (header.profileMarkers().isEmpty()) {
            return file;
        }
        byte[] hidden = file.clone();
        for (int at : header.profileMarkers()) {
            hidden[at] = (byte) 0xEF; // an application segment that nobody reads
        }
        return hidden;
    }

    private static StoredImage toThreeSamples(byte[] samples, JpegHeader header) {
        byte[] three =
                switch (header.colours()) {
                    case RGB, YCBCR -> samples;
                    case GREY -> repeatGrey(samples);
                    case CMYK -> cmykToRgb(samples);
                    case YCCK -> cmykToRgb(ycckToCmyk(samples));
                };
        Colours colours = header.colours() == JpegHeader.Colours.YCBCR ? Colours.YCBCR : Colours.RGB;
        return new StoredImage(header.width(), header.height(), three, colours);
    }

    private static byte[] repeatGrey(byte[] grey) {
        byte[] rgb = new byte[3 * grey.length];
        for (int i = 0, to = 0; i < grey.length; i++, to += 3) {
            rgb[to] = grey[i];
            rgb[to + 1] = grey[i];
            rgb[to + 2] = grey[i];
        }
        return rgb;
    }

    /** YCCK encodes the complement of CMY as YCbCr; black is stored as it is. In place. */
    private static byte[] ycckToCmyk(byte[] samples) {
        for (int i = 0; i < samples.length; i += 4) {
            int y = samples[i] & 0xFF;
            int cb = samples[i + 1] & 0xFF;
            int cr = samples[i + 2] & 0xFF;
            samples[i] = (byte) ~YCbCr.red(y, cr);
            samples[i + 1] = (byte) ~YCbCr.green(y, cb, cr);
            samples[i + 2] = (byte) ~YCbCr.blue(y, cb);
        }
        return samples;
    }

    /** Takes CMYK as stored inverted, the habit of Adobe that PIL assumes throughout, and mixes it as PIL does. */
    private static byte[] cmykToRgb(byte[] inverted) {
        byte[] rgb = new byte[inverted.length / 4 * 3];
        int to = 0;
        for (int i = 0; i < inverted.length; i += 4) {
            int light = inverted[i + 3] & 0xFF;
            for (int channel = 0; channel < 3; channel++) {
                int ink = 255 - (inverted[i + channel] & 0xFF);
                rgb[to++] = (byte) Samples.clamp(light - divideBy255(ink * light));
            }
        }
        return rgb;
    }

    /** {@code round(value / 255)} for products of two bytes. */
    private static int divideBy255(int value) {
        int shifted = value + 128;
        return (shifted >> 8) + shifted >> 8;
    }
}
