package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackgroundsTest {
    @Test
    void noPhotographServesTwoPurposesAndAllServeOne() throws IOException {
        List<String> used = new ArrayList<>();
        for (ScenesSplit split : List.of(ScenesSplit.TRAIN, ScenesSplit.VALIDATION, ScenesSplit.TEST_STYLE)) {
            List<String> files = Backgrounds.of(split).files();
            assertTrue(files.size() >= 20, split + " has " + files.size());
            used.addAll(files);
        }
        assertEquals(used.size(), new HashSet<>(used).size(), "disjoint");
        assertEquals(273, used.size());
        assertEquals(
                Backgrounds.of(ScenesSplit.TEST_STYLE).files(),
                Backgrounds.of(ScenesSplit.TEST_CONCEPTS).files());
    }

    @Test
    void everyPhotographHasAnAttribution() throws IOException {
        List<String> rows = new String(ScenesResources.read(Backgrounds.TABLE), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();
        assertEquals(273, rows.size());
        assertTrue(rows.stream()
                .allMatch(row -> row.matches("\\S+\\.jpg\t\\S+\t\\S[^\t]+\t(public-domain|CC-BY-SA-[34]\\.0)")));
    }

    @Test
    void aPhotographCoversTheWholePicture() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Backgrounds backgrounds = Backgrounds.of(ScenesSplit.TEST_STYLE);
        for (int i = 0; i < 20; i++) {
            Canvas canvas = new Canvas(64);
            Backgrounds.paint(backgrounds.draw(random), canvas, 64, random);
            for (int argb : canvas.toImage().argb()) {
                assertEquals(255, argb >>> 24);
            }
        }
    }
}
