package org.glip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.glip.files.Resources;
import org.glip.model.ModelFolder;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.Test;

class ClipPretrainedTest {
    @Test
    void itIsOpenAtOnceAndAskedByItsOwnPrompts() throws IOException {
        try (Clip clip = Clip.pretrained()) {
            assertEquals(PromptTemplates.of("{}"), clip.prompts());
            assertEquals(Clip.pretrainedConfig(), clip.config());
            assertEquals(128, clip.embed("strawberry").length);
        }
    }

    @Test
    void itKnowsWhichWordsAreAkin() throws IOException {
        try (Clip clip = Clip.pretrained()) {
            float[] train = clip.embed("train");
            assertTrue(cosine(train, clip.embed("tram")) > cosine(train, clip.embed("banana")));
        }
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void nothingOfItStaysInTheFolderOfTemporaryFiles() throws IOException {
        long before = unpacked();
        Clip.pretrained().close();
        assertEquals(before, unpacked());
    }

    private static long unpacked() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("glip-pretrained"))
                    .count();
        }
    }

    @Test
    void itTakesAtMostSixteenMegabytesAndBringsItsCard() throws IOException {
        try (var weights = Resources.open(Clip.class, "pretrained/" + ModelFolder.WEIGHTS)) {
            assertTrue(weights.readAllBytes().length <= 16_000_000);
        }
        String card = Resources.text(Clip.class, "pretrained/MODEL_CARD.md");
        assertTrue(card.contains("unseen drawings") && card.contains("Licence"));
    }

    @Test
    void twoModelsAtOnceAreRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Clip.builder()
                        .setPretrained()
                        .setModel(Path.of("runs/glip"))
                        .build());
        assertTrue(e.getMessage().contains("runs/glip"), e.getMessage());
    }
}
