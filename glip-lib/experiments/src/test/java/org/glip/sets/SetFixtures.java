package org.glip.sets;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleOrder;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;

/** Sets of tiny pictures in the layouts of the real ones. */
public final class SetFixtures {
    private SetFixtures() {}

    /** Writes a picture of one colour; the number gives the colour. */
    public static Path picture(Path file, int number) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 72; pixel++) {
            image.setRGB(pixel % 9, pixel / 9, new Color(number * 0x3779B1 & 0xFFFFFF).getRGB());
        }
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** A caption file of Karpathy's form beside three pictures; the second image is of another split. */
    public static void flickr(Path folder) throws IOException {
        picture(folder.resolve("flickr30k-images/10.jpg"), 1);
        picture(folder.resolve("flickr30k-images/12.jpg"), 3);
        Files.writeString(folder.resolve("dataset_flickr30k.json"), """
                {"images": [
                  {"sentids": [0], "imgid": 0, "sentences": [{"tokens": ["a"], "raw": "A dog.", "sentid": 0},
                     {"raw": " Two dogs run. "}], "split": "test", "filename": "10.jpg"},
                  {"sentences": [{"raw": "A cat."}], "split": "train", "filename": "11.jpg"},
                  {"sentences": [{"raw": "A boat."}, {"raw": "A dog."}, {"raw": "The sea."}], "split": "test",
                     "filename": "12.jpg"}], "dataset": "flickr30k"}
                """);
    }

    static List<ImageTextSample> read(SampleSource source) throws IOException {
        List<ImageTextSample> samples = new ArrayList<>();
        try (SampleSource.Pass stream = source.open(0, SampleOrder.asStored(), new SkipLog())) {
            stream.forEachRemaining(samples::add);
        }
        return samples;
    }

    static List<Integer> classes(EvaluationSet set) throws IOException {
        return read(set.source()).stream()
                .map(sample -> sample.metadata().get("class").getAsInt())
                .toList();
    }
}
