package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.glip.Clip;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.glip.report.NamedPicture;
import org.glip.report.SimilaritySheet;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesSplit;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a model that has learnt nothing: what is shown does not depend on it. */
class ScenesGalleryTest {
    @TempDir
    static Path folder;

    private static Scenes scenes;
    private static Clip clip;
    private static ScenesGallery gallery;

    @BeforeAll
    static void look() throws Exception {
        scenes = Scenes.openMini(folder, ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(16));
        Path model = folder.resolve("model");
        try (NDManager manager = Torch.newManager();
                ClipModel untrained = ClipModel.create(ClipConfig.preset("tiny"), 0, manager)) {
            ModelFolder.write(model, untrained, PromptTemplates.of("{}"), Map.of());
        }
        clip = Clip.open(model);
        gallery = ScenesGallery.of(clip, scenes, ScenesSplit.TEST_DRAWINGS, ScenesSplit.TEST_STYLE);
    }

    @AfterAll
    static void close() {
        clip.close();
    }

    @Test
    void everyDrawingIsThereOnce() throws Exception {
        long drawings = List.of(ScenesSplit.TEST_DRAWINGS, ScenesSplit.TEST_STYLE).stream()
                .flatMap(split -> first(split).stream())
                .distinct()
                .count();
        assertEquals(drawings, gallery.pictures().size());
    }

    private static List<String> first(ScenesSplit split) {
        try {
            return ScenesPictures.first(scenes, split, Integer.MAX_VALUE).stream()
                    .map(sample -> sample.metadata().get("concept") + " "
                            + sample.metadata().get("style"))
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void picturesAreSpreadOverDifferentLabels() throws Exception {
        List<String> labels =
                gallery.spread(5).stream().map(NamedPicture::label).toList();
        assertEquals(5, labels.stream().distinct().count());
        assertTrue(scenes.classNames().containsAll(labels));
        assertEquals(labels, gallery.words(5));
    }

    @Test
    void errorsAreWrongAndTheMostCertainComeFirst() {
        List<NamedPicture> errors = gallery.confidentErrors(6);
        double before = 1;
        for (NamedPicture error : errors) {
            NamedPicture.Guess said = error.guesses().get(0);
            assertFalse(said.label().equals(error.label()));
            assertTrue(said.probability() <= before);
            before = said.probability();
        }
    }

    @Test
    void theNearestPicturesAndTheMatrixAgree() {
        SimilaritySheet sheet = gallery.similarities(4);
        assertEquals(4, sheet.cosines().length);
        for (NamedPicture picture : sheet.pictures()) {
            List<NamedPicture> all =
                    gallery.nearest(picture.label(), gallery.pictures().size());
            assertEquals(gallery.pictures().size(), all.size());
        }
        // the order of two pictures by a text is that of their cosines
        List<NamedPicture> order = gallery.nearest(
                sheet.pictures().get(0).label(), gallery.pictures().size());
        double[] row = sheet.cosines()[0];
        for (int i = 1; i < row.length; i++) {
            boolean nearer = order.indexOf(sheet.pictures().get(0))
                    < order.indexOf(sheet.pictures().get(i));
            assertEquals(row[0] > row[i], nearer);
        }
    }

    @Test
    void aGalleryNeedsPictures() {
        assertThrows(IllegalArgumentException.class, () -> ScenesGallery.of(clip, scenes));
    }
}
