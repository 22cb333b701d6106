package org.glip.data;

import com.google.gson.JsonObject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Samples and shards that the tests of this package make. */
final class SampleFixtures {
    private static final String[] WORDS = {"cat", "dog", "naïve", "東京", "🙂", "a", "red", "on the", "<b>", "\"quoted\""
    };

    private SampleFixtures() {}

    /** A real picture with a coloured square, different for each number. */
    static byte[] picture(int number, int size, String format) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(number * 0x9E3779 & 0xFFFFFF));
        graphics.fillRect(size / 4, size / 4, size / 2, size / 2);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    /** Samples with keys {@code 000000}, {@code 000001}, ... and random captions, formats and metadata. */
    static List<ImageTextSample> samples(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ImageTextSample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JsonObject metadata = new JsonObject();
            if (random.nextBoolean()) {
                metadata.addProperty("number", i);
                metadata.addProperty("label", WORDS[random.nextInt(WORDS.length)]);
            }
            StringBuilder caption = new StringBuilder("caption " + i);
            for (int words = random.nextInt(6); words > 0; words--) {
                caption.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
            }
            byte[] image = picture(i, 4 + random.nextInt(12), random.nextBoolean() ? "jpg" : "png");
            samples.add(new ImageTextSample("%06d".formatted(i), image, caption.toString(), metadata, "memory"));
        }
        return samples;
    }

    static void writeShard(Path shard, List<ImageTextSample> samples) throws IOException {
        try (WebDatasetWriter writer = new WebDatasetWriter(shard)) {
            for (ImageTextSample sample : samples) {
                writer.write(sample);
            }
            writer.commit();
        }
    }

    static List<ImageTextSample> readShard(Path shard, SkipLog skipped) throws IOException {
        return list(new WebDatasetReader(shard, skipped));
    }

    /** Reads a stream to its end and closes it. */
    static List<ImageTextSample> list(SampleSource.Pass stream) {
        List<ImageTextSample> samples = new ArrayList<>();
        try (stream) {
            stream.forEachRemaining(samples::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return samples;
    }

    static List<String> keys(SampleSource.Pass stream) {
        return list(stream).stream().map(ImageTextSample::key).toList();
    }
}
