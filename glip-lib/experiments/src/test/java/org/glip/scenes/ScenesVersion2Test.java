package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.ImageTextSample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the committed drawings to shards, end to end, by version 2. */
class ScenesVersion2Test {
    private static final ScenesConfig CONFIG =
            ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(400);

    @TempDir
    static Path root;

    private static Scenes scenes;

    @BeforeAll
    static void prepare() throws IOException {
        scenes = Scenes.openMini(root, CONFIG, ScenesProgress.NONE, 2);
    }

    private static List<ImageTextSample> read(ScenesSplit split) throws IOException {
        return ScenesFixtures.read(scenes.shards(split));
    }

    private static String text(ImageTextSample sample, String key) {
        return sample.metadata().get(key).getAsString();
    }

    private static Set<String> values(ScenesSplit split, String key) throws IOException {
        return read(split).stream().map(sample -> text(sample, key)).collect(Collectors.toSet());
    }

    private static Set<String> drawings(ScenesSplit split) throws IOException {
        return read(split).stream()
                .map(sample -> text(sample, "concept") + " " + text(sample, "style"))
                .collect(Collectors.toSet());
    }

    @Test
    void testDrawingsAreUnseenDrawingsOfKnownConceptsInKnownStyles() throws IOException {
        assertTrue(scenes.samples(ScenesSplit.TEST_DRAWINGS) > 0);
        assertTrue(values(ScenesSplit.TRAIN, "concept").containsAll(values(ScenesSplit.TEST_DRAWINGS, "concept")));
        assertTrue(values(ScenesSplit.TRAIN, "style").containsAll(values(ScenesSplit.TEST_DRAWINGS, "style")));
        assertTrue(scenes.classNames().containsAll(values(ScenesSplit.TEST_DRAWINGS, "label")));
    }

    @Test
    void noDrawingIsInTwoSplits() throws IOException {
        Set<String> seen = new HashSet<>();
        for (ScenesSplit split : ScenesSplit.values()) {
            for (String drawing : drawings(split)) {
                assertTrue(seen.add(drawing), drawing + " is in " + split.id() + " and in another split");
            }
        }
    }

    @Test
    void noNearDuplicateStraddlesTrainingAndTheTests() throws IOException {
        ForegroundLibrary library = ForegroundLibrary.read(root.resolve("scenes/v2-mini/foregrounds"));
        Splits splits = Splits.of(CONFIG, library);
        for (ScenesSplit split : List.of(ScenesSplit.VALIDATION, ScenesSplit.TEST_STYLE, ScenesSplit.TEST_DRAWINGS)) {
            for (Foreground tested : splits.drawings(split)) {
                for (Foreground trained : splits.drawings(ScenesSplit.TRAIN)) {
                    if (tested.concept().id().equals(trained.concept().id())) {
                        double distance = Thumbnail.of(tested).distance(Thumbnail.of(trained));
                        assertTrue(distance >= Likeness.SAME_DRAWING, tested.origin() + " and " + trained.origin());
                        assertFalse(
                                ForegroundSource.of(tested.style())
                                        .hand()
                                        .equals(ForegroundSource.of(trained.style())
                                                .hand()),
                                tested.origin());
                    }
                }
            }
        }
    }

    @Test
    void unknownConceptsAndTheHeldOutStyleAreTestedOnly() throws IOException {
        for (ScenesSplit split : List.of(ScenesSplit.TRAIN, ScenesSplit.VALIDATION, ScenesSplit.TEST_DRAWINGS)) {
            assertFalse(values(split, "style").contains("openmoji"), split.id());
            assertFalse(values(split, "fold").contains("0"), split.id());
        }
        assertEquals(Set.of("openmoji"), values(ScenesSplit.TEST_STYLE, "style"));
        assertEquals(Set.of("0"), values(ScenesSplit.TEST_CONCEPTS, "fold"));
    }

    @Test
    void conceptsAreThingsByOneWord() throws IOException {
        for (String label : scenes.classNames()) {
            assertTrue(label.matches("[a-z]+"), label);
        }
        assertFalse(values(ScenesSplit.TRAIN, "group").contains("flags"));
    }

    @Test
    void allConceptsAreThereForThoseWhoWantThem() throws IOException {
        Scenes all = Scenes.openMini(
                root, CONFIG.withConcepts(ScenesConfig.ConceptSet.ALL).withTrainSamples(50), ScenesProgress.NONE, 2);
        assertTrue(all.classNames().containsAll(scenes.classNames()));
        assertTrue(all.classNames().size() > scenes.classNames().size());
        assertEquals("centred-all-train50", all.folder().getFileName().toString());
    }

    @Test
    void backgroundsAreOutOfFocusUnlessWantedSharp() throws IOException {
        Scenes sharp = Scenes.openMini(root, CONFIG.withFocus(ScenesConfig.Focus.SHARP), ScenesProgress.NONE, 2);
        double soft = meanStep(read(ScenesSplit.TRAIN));
        double crisp = meanStep(ScenesFixtures.read(sharp.train()));
        assertTrue(soft < 0.7 * crisp, soft + " against " + crisp);
    }

    /** The mean difference of neighbouring pixels along the upper border, where no object lies. */
    private static double meanStep(List<ImageTextSample> samples) throws IOException {
        double sum = 0;
        for (ImageTextSample sample : samples) {
            ArgbImage image = ArgbImage.decode(sample.image(), sample.key());
            for (int x = 1; x < image.width(); x++) {
                sum += Math.abs((image.argb()[x] >> 8 & 255) - (image.argb()[x - 1] >> 8 & 255));
            }
        }
        return sum / samples.size();
    }

    @Test
    void onlyTrainingPicturesAreVariedAndOnlyWhereThatIsWanted() throws IOException {
        Scenes varied = Scenes.openMini(root, CONFIG.withVaried(true), ScenesProgress.NONE, 2);
        assertEquals("centred-varied-train400", varied.folder().getFileName().toString());
        assertEquals(pictures(scenes, ScenesSplit.TEST_DRAWINGS), pictures(varied, ScenesSplit.TEST_DRAWINGS));
        List<String> plain = pictures(scenes, ScenesSplit.TRAIN);
        List<String> changed = pictures(varied, ScenesSplit.TRAIN);
        assertEquals(plain.size(), changed.size());
        for (int i = 0; i < plain.size(); i++) {
            assertNotEquals(plain.get(i), changed.get(i), "picture " + i);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> ScenesConfig.ofVersion1(ScenesPreset.CENTRED).withVaried(true));
    }

    private static List<String> pictures(Scenes scenes, ScenesSplit split) throws IOException {
        return ScenesFixtures.read(scenes.shards(split)).stream()
                .map(sample -> DigestUtils.sha256Hex(sample.image()))
                .toList();
    }

    @Test
    void version1HasNoSoftBackgrounds() {
        ScenesConfig first = ScenesConfig.ofVersion1(ScenesPreset.CENTRED);
        String message = assertThrows(IllegalArgumentException.class, () -> first.withFocus(ScenesConfig.Focus.SOFT))
                .getMessage();
        assertTrue(message.contains("version 1"), message);
    }
}
