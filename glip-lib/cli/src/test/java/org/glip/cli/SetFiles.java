package org.glip.cli;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Named sets of tiny pictures, laid out as people download them. */
final class SetFiles {
    private SetFiles() {}

    /** Writes a picture of one colour; the number gives the colour. */
    static void picture(Path file, int number) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 72; pixel++) {
            image.setRGB(pixel % 9, pixel / 9, new Color(number * 0x3779B1 & 0xFFFFFF).getRGB());
        }
        ImageIO.write(image, "png", file.toFile());
    }

    /** Flickr30k's caption file, of two test pictures, beside them. */
    static void flickr(Path folder) throws IOException {
        picture(folder.resolve("flickr30k-images/10.jpg"), 1);
        picture(folder.resolve("flickr30k-images/12.jpg"), 3);
        Files.writeString(folder.resolve("dataset_flickr30k.json"), """
                {"images": [
                  {"sentences": [{"raw": "A dog."}, {"raw": "Two dogs run."}], "split": "test", "filename": "10.jpg"},
                  {"sentences": [{"raw": "A boat."}, {"raw": "A dog."}, {"raw": "The sea."}], "split": "test",
                     "filename": "12.jpg"}], "dataset": "flickr30k"}
                """);
    }
}
