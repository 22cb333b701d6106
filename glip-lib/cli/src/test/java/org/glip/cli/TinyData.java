package org.glip.cli;

import com.google.gson.JsonObject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.glip.data.ImageTextSample;
import org.glip.data.WebDatasetWriter;

/** The least data and the least model that the commands can work with. */
final class TinyData {
    static final List<String> COLOURS = List.of("blue", "green", "red");
    private static final Color[] PAINT = {Color.BLUE, Color.GREEN, Color.RED};

    /** 16 px in patches of 4: a grid of 4 x 4. */
    private static final String MODEL = """
            {
              "embed_dim": 16,
              "vision_cfg": {"image_size": 16, "patch_size": 4, "width": 16, "layers": 1, "head_width": 8},
              "text_cfg": {"context_length": 12, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1}
            }
            """;

    private TinyData() {}

    static Path model(Path folder) throws IOException {
        return Files.writeString(folder.resolve("least.json"), MODEL);
    }

    /** Pictures of one colour each, with captions, class names in {@code label} and class numbers in {@code number}. */
    static Path shard(Path file, int samples) throws IOException {
        try (WebDatasetWriter writer = new WebDatasetWriter(file)) {
            for (int i = 0; i < samples; i++) {
                int colour = i % COLOURS.size();
                JsonObject metadata = new JsonObject();
                metadata.addProperty("label", COLOURS.get(colour));
                metadata.addProperty("number", colour);
                String caption = "picture " + i + " is " + COLOURS.get(colour);
                writer.write(new ImageTextSample("s" + i, picture(PAINT[colour], i), caption, metadata, "s" + i));
            }
            writer.commit();
        }
        return file;
    }

    static byte[] picture(Color colour, int variant) throws IOException {
        BufferedImage image = new BufferedImage(20 + variant % 3, 18, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setColor(Color.WHITE);
        graphics.fillRect(variant % 12, variant % 7, 4, 4);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }
}
