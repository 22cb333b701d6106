package org.glip.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskPanelPageTest {
    private static final Path ROOT = Path.of("../..");
    private static final String HINT =
            "docs/mask-panel.html differs from what is written; CONTRIBUTING.md says how to write it anew";
    private static final Pattern IMAGE =
            Pattern.compile("data:image/(?:png|jpeg);base64,([A-Za-z0-9+/]+(?:=|\\\\u003d)*)");

    @TempDir
    private Path folder;

    @Test
    void thePageIsWhatThePanelGives() throws IOException {
        String committed = Files.readString(MaskPanelPage.page(ROOT));
        String written = MaskPanelPage.text(ROOT);
        assertEquals(
                IMAGE.matcher(committed).replaceAll("picture"),
                IMAGE.matcher(written).replaceAll("picture"),
                HINT);
        List<BufferedImage> before = images(committed);
        List<BufferedImage> now = images(written);
        assertEquals(2, now.size());
        for (int i = 0; i < now.size(); i++) {
            assertEquals(now.get(i).getWidth(), before.get(i).getWidth(), HINT);
            assertEquals(now.get(i).getHeight(), before.get(i).getHeight(), HINT);
            double apart = apart(before.get(i), now.get(i));
            assertTrue(apart < 3, HINT + ": picture " + i + " by " + apart + " of 255");
        }
    }

    @Test
    void theProgramWritesThePage() throws IOException {
        Files.createDirectory(folder.resolve("docs"));
        Files.copy(ROOT.resolve("docs/mask-panel.jpg"), folder.resolve("docs/mask-panel.jpg"));
        MaskPanelPage.main(new String[] {folder.toString()});
        assertEquals(MaskPanelPage.text(folder), Files.readString(MaskPanelPage.page(folder)));
    }

    /** Decoded, for another JDK compresses otherwise, and other fonts are not of equal width. */
    private static List<BufferedImage> images(String page) throws IOException {
        List<BufferedImage> images = new ArrayList<>();
        for (String base64 : IMAGE.matcher(page)
                .results()
                .map(match -> match.group(1).replace("\\u003d", "="))
                .toList()) {
            images.add(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64))));
        }
        return images;
    }

    /** The mean difference of a colour's value. */
    private static double apart(BufferedImage one, BufferedImage other) {
        long sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs((one.getRGB(x, y) >> shift & 255) - (other.getRGB(x, y) >> shift & 255));
                }
            }
        }
        return sum / (3.0 * one.getWidth() * one.getHeight());
    }
}
