package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.glip.data.ImageTextSample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the committed drawings to shards, end to end, by version 1. */
class ScenesTest {
    private static final ScenesConfig CONFIG =
            ScenesConfig.ofVersion1(ScenesPreset.CENTRED).withTrainSamples(400);

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

    /** The bytes of all shards by name. */
    private static Map<String, byte[]> shards(Path folder) throws IOException {
        Map<String, byte[]> shards = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".tar")).toList()) {
                shards.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return shards;
    }

    @Test
    void hasTheSamplesThatItClaims() throws IOException {
        assertEquals(400, scenes.samples(ScenesSplit.TRAIN));
        for (ScenesSplit split : ScenesSplit.of(ScenesVersion.V1)) {
            assertEquals(scenes.samples(split), read(split).size(), split.id());
            assertTrue(scenes.samples(split) > 0, split.id());
        }
        assertEquals(2 * scenes.labels(ScenesSplit.TEST_STYLE).labels().size(), scenes.samples(ScenesSplit.TEST_STYLE));
    }

    @Test
    void picturesHaveTheSizeAskedFor() throws IOException {
        for (ImageTextSample sample : read(ScenesSplit.TEST_STYLE)) {
            ArgbImage image = ArgbImage.decode(sample.image(), sample.key());
            assertEquals(64, image.width());
            assertEquals(64, image.height());
        }
    }

    @Test
    void noConceptGroupIsInTwoFolds() throws IOException {
        Map<String, String> folds = new HashMap<>();
        for (ScenesSplit split : ScenesSplit.of(ScenesVersion.V1)) {
            for (ImageTextSample sample : read(split)) {
                String fold = text(sample, "fold");
                assertEquals(fold, folds.getOrDefault(text(sample, "conceptGroup"), fold));
                folds.put(text(sample, "conceptGroup"), fold);
            }
        }
        assertEquals(Set.of("0"), values(ScenesSplit.TEST_CONCEPTS, "fold"));
        assertEquals(Set.of("1"), values(ScenesSplit.VALIDATION, "fold"));
        Set<String> trained = values(ScenesSplit.TRAIN, "fold");
        assertFalse(trained.contains("0") || trained.contains("1"), trained::toString);
    }

    @Test
    void theHeldOutStyleIsInTheTestsOnly() throws IOException {
        assertFalse(values(ScenesSplit.TRAIN, "style").contains("openmoji"));
        assertFalse(values(ScenesSplit.VALIDATION, "style").contains("openmoji"));
        assertEquals(Set.of("openmoji"), values(ScenesSplit.TEST_STYLE, "style"));
        assertEquals(
                Set.of("noto", "noto-v1", "fxemoji", "fluent-emoji-flat", "openmoji"),
                values(ScenesSplit.TEST_CONCEPTS, "style"));
    }

    @Test
    void theTestOfStyleAsksForTrainedConceptsOnly() throws IOException {
        assertTrue(values(ScenesSplit.TRAIN, "concept").containsAll(values(ScenesSplit.TEST_STYLE, "concept")));
    }

    @Test
    void backgroundsOfTrainingAndTestsAreDisjoint() throws IOException {
        Set<String> shared = new HashSet<>(values(ScenesSplit.TRAIN, "background"));
        shared.retainAll(values(ScenesSplit.TEST_STYLE, "background"));
        assertEquals(Set.of(), shared);
    }

    @Test
    void captionsOfTestsAreTheLabels() throws IOException {
        for (ImageTextSample sample : read(ScenesSplit.TEST_CONCEPTS)) {
            assertEquals(text(sample, "label"), sample.caption());
        }
    }

    @Test
    void labelsCoverTheSplit() throws IOException {
        ScenesLabels labels = scenes.labels(ScenesSplit.TEST_STYLE);
        assertEquals(Set.copyOf(labels.labels()), values(ScenesSplit.TEST_STYLE, "label"));
        assertEquals(Set.copyOf(labels.subgroups()), values(ScenesSplit.TEST_STYLE, "subgroup"));
        assertEquals(Set.copyOf(labels.groups()), values(ScenesSplit.TEST_STYLE, "group"));
        assertTrue(labels.labels().containsAll(labels.readable()));
        assertEquals(labels.labels().stream().sorted().toList(), labels.labels());
    }

    @Test
    void trainingShowsEveryDrawingAboutAsOften() throws IOException {
        Map<String, Long> shown = read(ScenesSplit.TRAIN).stream()
                .collect(Collectors.groupingBy(s -> text(s, "concept") + text(s, "style"), Collectors.counting()));
        assertTrue(shown.values().stream().allMatch(count -> count == 2), "400 pictures of 200 drawings");
    }

    @Test
    void theResultDoesNotDependOnTheNumberOfThreads(@TempDir Path other) throws IOException {
        Scenes single = Scenes.openMini(other, CONFIG, ScenesProgress.NONE, 1);
        Map<String, byte[]> expected = shards(scenes.folder());
        Map<String, byte[]> actual = shards(single.folder());
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
    }

    @Test
    void anotherSeedMakesOtherPictures() throws IOException {
        Scenes other = Scenes.openMini(root, CONFIG.withSeed(1), ScenesProgress.NONE, 2);
        assertNotEquals(scenes.folder(), other.folder());
        assertNotEquals(
                new DigestUtils(MessageDigestAlgorithms.SHA_256)
                        .digestAsHex(scenes.train().get(0)),
                new DigestUtils(MessageDigestAlgorithms.SHA_256)
                        .digestAsHex(other.train().get(0)));
    }

    @Test
    void aSecondOpeningMakesNothing() throws IOException {
        Scenes again = Scenes.openMini(root, CONFIG, (stage, done, total) -> fail("made " + stage), 2);
        assertEquals(scenes.train(), again.train());
    }

    @Test
    void progressReachesTheTotal(@TempDir Path other) throws IOException {
        Map<String, Long> left = new HashMap<>();
        Scenes.openMini(other, CONFIG.withTrainSamples(20), (stage, done, total) -> left.put(stage, total - done), 2);
        assertEquals(
                Set.of("centred: train", "centred: validation", "centred: test-style", "centred: test-concepts"),
                left.keySet());
        assertEquals(Set.of(0L), Set.copyOf(left.values()));
    }

    @ParameterizedTest
    @EnumSource
    void everyPresetCanBeMade(ScenesPreset preset) throws IOException {
        ScenesConfig config =
                ScenesConfig.ofVersion1(preset).withTrainSamples(30).withImageSize(32);
        Scenes made = Scenes.openMini(root, config, ScenesProgress.NONE, 2);
        for (ImageTextSample sample : ScenesFixtures.read(made.train())) {
            assertEquals(preset.id(), text(sample, "preset"));
            assertEquals(
                    preset.objects(),
                    sample.metadata().getAsJsonArray("objects").size());
            assertEquals(preset != ScenesPreset.FULL_FRAME, sample.metadata().has("background"));
        }
        if (preset == ScenesPreset.MOSAIC) {
            ImageTextSample sample = ScenesFixtures.read(made.train()).get(0);
            Set<String> labels = new HashSet<>();
            for (JsonElement object : sample.metadata().getAsJsonArray("objects")) {
                String label = object.getAsJsonObject().get("label").getAsString();
                assertTrue(labels.add(label), "four different concepts");
                assertTrue(sample.caption().contains(label), sample.caption());
            }
        }
    }

    @Test
    void theLicencesLieBesideTheData() throws IOException {
        String licences = Files.readString(scenes.folder().resolve("LICENSES.md"));
        assertTrue(licences.contains("OpenMoji") && licences.contains("CC-BY-SA-4.0"));
        assertTrue(licences.contains("Apache-2.0") && licences.contains("badlands0.jpg"));
        assertFalse(licences.contains("Twemoji"), "only what the pictures show");
    }

    @Test
    void testsOfAnotherPresetNeedNoTrainingPictures() throws IOException {
        Scenes tests = scenes.forTesting(ScenesPreset.MOSAIC, ScenesProgress.NONE);
        Scenes whole = Scenes.openMini(
                root, ScenesConfig.ofVersion1(ScenesPreset.MOSAIC).withTrainSamples(30), ScenesProgress.NONE, 2);
        assertEquals(1, tests.samples(ScenesSplit.TRAIN));
        List<ImageTextSample> expected = ScenesFixtures.read(whole.shards(ScenesSplit.TEST_STYLE));
        List<ImageTextSample> found = ScenesFixtures.read(tests.shards(ScenesSplit.TEST_STYLE));
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).image(), found.get(i).image());
            assertEquals(expected.get(i).metadata(), found.get(i).metadata());
        }
        assertEquals(scenes, scenes.forTesting(ScenesPreset.CENTRED, ScenesProgress.NONE));
    }

    @Test
    void landscapePicturesAreTestPhotographsAlone() throws IOException {
        List<ImageTextSample> pictures = LandscapePictures.test(64);
        List<String> files = Backgrounds.of(ScenesSplit.TEST_STYLE).files();
        assertTrue(pictures.size() >= 80, pictures.size() + " pictures");
        assertTrue(pictures.stream().map(ImageTextSample::caption).distinct().count() > 5);
        for (ImageTextSample picture : pictures) {
            assertTrue(files.contains(text(picture, "background")));
            assertEquals(text(picture, LandscapePictures.LABEL), picture.caption());
        }
        assertArrayEquals(
                pictures.get(7).image(), LandscapePictures.test(64).get(7).image());
    }
}
