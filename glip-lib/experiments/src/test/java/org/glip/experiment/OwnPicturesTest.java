package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.Clip;
import org.glip.LabelProbability;
import org.glip.image.ImageDecoder;
import org.glip.report.Drawing;
import org.glip.report.LabelBars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPicturesTest {
    private static final Path SAMPLES = Path.of("../../notebooks/my-pictures");

    @TempDir
    Path folder;

    @Test
    void readsWhatIsAPictureAndSaysWhyTheRestIsNone() throws IOException {
        Files.copy(SAMPLES.resolve("cat.jpg"), folder.resolve("cat.jpg"));
        Files.createDirectory(folder.resolve("trip"));
        Files.copy(SAMPLES.resolve("rocket.jpg"), folder.resolve("trip/the rocket")); // told by its content
        Files.writeString(folder.resolve("notes.txt"), "not a picture");
        Files.write(folder.resolve("cut.jpg"), List.of("x")); // named as a picture, and none
        Files.write(folder.resolve(".hidden"), new byte[] {1});

        OwnPictures mine = OwnPictures.read(folder, Clip.pretrainedConfig());

        assertEquals(
                List.of("cat", "the rocket"),
                mine.seen().stream().map(OwnPictures.Seen::name).toList());
        assertEquals(2, mine.refused().size(), mine.toString());
        assertTrue(mine.toString().contains("notes.txt: "), mine.toString());
        assertTrue(mine.toString().contains("cut.jpg: "), mine.toString());
    }

    @Test
    void theSquareIsWhatTheModelGets() throws IOException {
        int side = Clip.pretrainedConfig().vision().imageSize();
        BufferedImage expected = ImageDecoder.decode(Files.readAllBytes(SAMPLES.resolve("cat.jpg")), "cat.jpg")
                .resizeAndCrop(side)
                .toBufferedImage();
        BufferedImage square = OwnPictures.read(SAMPLES, Clip.pretrainedConfig()).seen().stream()
                .filter(one -> one.name().equals("cat"))
                .findFirst()
                .orElseThrow()
                .square();

        for (int at = 0; at < side * side; at++) {
            assertEquals(expected.getRGB(at % side, at / side), square.getRGB(at % side, at / side), "pixel " + at);
        }
    }

    @Test
    void aFolderWithoutPicturesIsRefusedWithTheReasons() throws IOException {
        assertTrue(message(folder).endsWith("it is empty"), message(folder));
        Files.writeString(folder.resolve("a.png"), "no");
        assertTrue(message(folder).contains("a.png: "), message(folder));
        assertTrue(message(folder.resolve("nowhere")).startsWith("there is no folder "));
    }

    @Test
    void labelsStandBesideEachPicture() throws IOException {
        OwnPictures mine = OwnPictures.read(SAMPLES, Clip.pretrainedConfig());
        try (Clip clip = Clip.pretrained()) {
            List<String> labels = List.of("cat", "rocket", "clock");
            Map<String, List<List<LabelProbability>>> said = new LinkedHashMap<>();
            said.put("own", clip.classify(mine.pictures(), labels, clip.prompts()));

            assertEquals(6, mine.firstLabels("labels", said).rowCount());
            assertEquals(6, mine.named(said.get("own")).size());
            assertEquals(
                    "cat",
                    mine.nearest(clip.index(mine.pictures()), clip.embed(SAMPLES.resolve("cat.jpg")), 2)
                            .get(0)
                            .label());
            BufferedImage bars = LabelBars.draw(mine.named(said.get("own")), labels.size());
            assertTrue(((Drawing) bars).description().contains("cat: "), "the words for those who do not see it");
        }
        assertThrows(IllegalArgumentException.class, () -> LabelBars.draw(List.of(), 3));
    }

    private static String message(Path folder) {
        return assertThrows(IOException.class, () -> OwnPictures.read(folder, Clip.pretrainedConfig()))
                .getMessage();
    }
}
