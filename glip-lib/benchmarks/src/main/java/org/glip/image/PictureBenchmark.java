package org.glip.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.glip.benchmark.MicrosecondsBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** What the loader does to a picture of 500x375 pixels, step by step, for a model of 224x224. */
public class PictureBenchmark extends MicrosecondsBenchmark {
    private static final int WIDTH = 500;
    private static final int HEIGHT = 375;
    private static final int SIDE = 224;
    private static final float QUALITY = 0.9f;
    private static final double LEAST_SCALE = 0.9;

    private final SplittableRandom random = new SplittableRandom(1);
    private final RgbImage picture = cloudy(random);
    private final float[] pixels = new float[3 * SIDE * SIDE];
    private final ImageTransform evaluation = ImageTransform.evaluation(SIDE);
    private final ImageTransform crop = ImageTransform.trainingCrop(SIDE, LEAST_SCALE, 1);
    private byte[] jpeg = {};

    /** Noise of several sizes, one over the other, which compresses about as well as a photograph does. */
    private static RgbImage cloudy(SplittableRandom random) {
        byte[] sum = new byte[3 * WIDTH * HEIGHT];
        for (int side : new int[] {4, 16, 64, 256}) {
            byte[] noise = new byte[3 * side * side];
            random.nextBytes(noise);
            byte[] layer = PillowResizer.resize(new RgbImage(side, side, noise), WIDTH, HEIGHT)
                    .rgb();
            for (int i = 0; i < sum.length; i++) {
                // The finer, the fainter.
                sum[i] += (byte) ((layer[i] & 0xFF) * 2 / side);
            }
        }
        return new RgbImage(WIDTH, HEIGHT, sum);
    }

    /**
     * Makes the file.
     *
     * @throws IOException never, in memory
     */
    @Setup
    public void makeFile() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            BufferedImage image = picture.toBufferedImage();
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        jpeg = file.toByteArray();
    }

    /**
     * JPEG file to pixels.
     *
     * @return the picture
     * @throws IOException never, for this file
     */
    @Benchmark
    public RgbImage decodeJpeg() throws IOException {
        return ImageDecoder.decode(jpeg, "picture.jpg");
    }

    /**
     * Bicubic, antialiased, to the model's size.
     *
     * @return the small picture
     */
    @Benchmark
    public RgbImage resizeBicubic() {
        return PillowResizer.resize(picture, SIDE, SIDE);
    }

    /**
     * Returns the crop of training, resized and normalised.
     *
     * @return normalised pixels
     */
    @Benchmark
    public float[] randomResizedCrop() {
        crop.apply(picture, random, pixels, 0);
        return pixels;
    }

    /**
     * Returns the transform of evaluation: resized, centre cropped and normalised.
     *
     * @return normalised pixels
     */
    @Benchmark
    public float[] evaluationTransform() {
        evaluation.apply(picture, random, pixels, 0);
        return pixels;
    }

    /**
     * Returns all that training does to a picture.
     *
     * @return normalised pixels
     * @throws IOException never, for this file
     */
    @Benchmark
    public float[] decodeAndCrop() throws IOException {
        crop.apply(ImageDecoder.decode(jpeg, "picture.jpg"), random, pixels, 0);
        return pixels;
    }
}
