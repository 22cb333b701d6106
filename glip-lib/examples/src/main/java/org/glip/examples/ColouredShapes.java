package org.glip.examples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.glip.data.ImageTextSample;

/** Pictures of coloured discs and what they show in words: pairs to train on that need no data set. */
final class ColouredShapes {
    static final List<String> COLOURS = List.of("red", "green", "blue", "yellow");

    private static final Map<String, Color> VALUES =
            Map.of("red", Color.RED, "green", Color.GREEN, "blue", Color.BLUE, "yellow", Color.YELLOW);
    private static final int SIDE = 64;

    private ColouredShapes() {}

    /** A disc of a colour near the middle, on grey of any brightness. */
    static BufferedImage disc(String colour, Random random) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        int grey = random.nextInt(256);
        graphics.setColor(new Color(grey, grey, grey));
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.setColor(VALUES.get(colour));
        int diameter = 24 + random.nextInt(24);
        graphics.fillOval(random.nextInt(SIDE - diameter), random.nextInt(SIDE - diameter), diameter, diameter);
        graphics.dispose();
        return picture;
    }

    /** As many pairs, in which the colours take turns. */
    static List<ImageTextSample> pairs(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String colour = COLOURS.get(i % COLOURS.size());
                    byte[] picture = png(disc(colour, random));
                    return ImageTextSample.of("disc-" + i, picture, "a photo of a " + colour + " disc.");
                })
                .toList();
    }

    private static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
