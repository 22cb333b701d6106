package org.glip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Precision;
import org.glip.eval.FeatureIndex;
import org.glip.eval.Features;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTest {
    private static final FrontDoor.Expected OPEN_CLIP = FrontDoor.expected();
    private static final float ROUNDING = 2e-6f;

    @TempDir
    Path folder;

    private Clip clip;

    @BeforeEach
    void open() throws IOException {
        clip = Clip.open(FrontDoor.model(folder.resolve("model")));
    }

    @AfterEach
    void close() {
        clip.close();
    }

    @Test
    void printsWhatItIs() throws IOException {
        try (Clip clip = Clip.pretrained()) {
            assertEquals(
                    "model of pictures of 64 px (64 patches; 3 layers of width 192) and of texts of up to 20 tokens"
                            + " (1 of width 128), features of 128 numbers, prompts "
                            + clip.prompts().templates(),
                    clip.toString());
        }
    }

    @Test
    void featuresOfPictureFilesAreOpenClips() throws IOException {
        Features all = clip.embedPictures(FrontDoor.pictures());
        int row = 0;
        for (var picture : OPEN_CLIP.pictures().entrySet()) {
            float[] alone = clip.embed(FrontDoor.picture(picture.getKey()));
            compare("front door, picture " + picture.getKey(), picture.getValue(), alone);
            compare("front door, picture " + picture.getKey() + " among others", picture.getValue(), row(all, row++));
        }
        assertEquals(all.count(), row);
    }

    @Test
    void featuresOfTextsAreOpenClips() {
        Features all = clip.embedTexts(
                OPEN_CLIP.texts().stream().map(FrontDoor.TextFeature::text).toList());
        for (int i = 0; i < all.count(); i++) {
            FrontDoor.TextFeature text = OPEN_CLIP.texts().get(i);
            compare("front door, text " + i, text.feature(), clip.embed(text.text()));
            compare("front door, text " + i + " among others", text.feature(), row(all, i));
        }
    }

    private static void compare(String row, float[] expected, float[] actual) {
        Parity.check(row, "relative", Parity.relative(expected, actual), 1e-5);
    }

    private static float[] row(Features features, int row) {
        return FeatureCollector.rows(features).get(row);
    }

    @Test
    void probabilitiesAreOpenClipsWithTheModelsLogitScale() throws IOException {
        assertEquals(OPEN_CLIP.logit_scale(), clip.logitScale(), 1e-5);
        PromptTemplates ensemble = new PromptTemplates(OPEN_CLIP.templates());
        List<List<LabelProbability>> answers = clip.classify(FrontDoor.pictures(), OPEN_CLIP.labels(), ensemble);
        List<Picture> pictures = FrontDoor.pictures();
        for (int i = 0; i < pictures.size(); i++) {
            requireSame(OPEN_CLIP.probabilities().get("photo")[i], clip.classify(pictures.get(i), OPEN_CLIP.labels()));
            requireSame(OPEN_CLIP.probabilities().get("all")[i], answers.get(i));
        }
        assertEquals(pictures.size(), answers.size());
    }

    /** All labels are there, the best first, each with open_clip's probability. */
    private static void requireSame(double[] expected, List<LabelProbability> answer) {
        assertEquals(expected.length, answer.size());
        double sum = 0;
        for (int i = 0; i < answer.size(); i++) {
            LabelProbability label = answer.get(i);
            assertEquals(expected[OPEN_CLIP.labels().indexOf(label.label())], label.probability(), 1e-5);
            assertTrue(i == 0 || label.probability() <= answer.get(i - 1).probability(), answer.toString());
            sum += label.probability();
        }
        assertEquals(1, sum, 1e-12);
    }

    @Test
    void aPathIsClassifiedAsItsPicture() throws IOException {
        Path file = FrontDoor.picture("gif.gif");
        assertEquals(clip.classify(Picture.of(file), OPEN_CLIP.labels()), clip.classify(file, OPEN_CLIP.labels()));
        assertEquals(clip.similarity(Picture.of(file), "two dogs"), clip.similarity(file, "two dogs"));
    }

    @Test
    void similarityIsTheCosineOfTheFeatures() throws IOException {
        Path file = FrontDoor.picture("png-rgba.png");
        float[] picture = clip.embed(file);
        float[] text = clip.embed("red car");
        double cosine = 0;
        for (int d = 0; d < picture.length; d++) {
            cosine += picture[d] * text[d];
        }
        assertEquals(cosine, clip.similarity(file, "red car"), 1e-6);
    }

    @Test
    void theNearestPicturesOfATextComeInTheOrderOfTheirSimilarity() throws IOException {
        FeatureIndex<Picture> album = clip.index(FrontDoor.pictures());
        List<FeatureIndex.Hit<Picture>> hits = album.nearest(clip.embed("two dogs"), 3);

        assertEquals(OPEN_CLIP.pictures().size(), album.size());
        List<Double> similarities = new ArrayList<>();
        for (Picture picture : FrontDoor.pictures()) {
            similarities.add(clip.similarity(picture, "two dogs"));
        }
        similarities.sort((a, b) -> Double.compare(b, a));
        for (int i = 0; i < 3; i++) {
            assertEquals(similarities.get(i), hits.get(i).similarity(), ROUNDING);
            assertEquals(hits.get(i).similarity(), clip.similarity(hits.get(i).item(), "two dogs"), ROUNDING);
        }
    }

    @Test
    void theNearestTextsOfAPictureComeInTheOrderOfTheirSimilarity() throws IOException {
        Path file = FrontDoor.picture("gif.gif");
        List<FeatureIndex.Hit<String>> hits =
                clip.indexTexts(OPEN_CLIP.labels()).nearest(clip.embed(file), 10);

        assertEquals(OPEN_CLIP.labels().size(), hits.size());
        for (int i = 0; i < hits.size(); i++) {
            assertEquals(clip.similarity(file, hits.get(i).item()), hits.get(i).similarity(), ROUNDING);
            assertTrue(i == 0 || hits.get(i).similarity() <= hits.get(i - 1).similarity(), hits.toString());
        }
    }

    @Test
    void opensARunByItsNewestCheckpoint() throws IOException {
        FrontDoor.model(folder.resolve("run/checkpoints/step-00000002"));
        Files.createDirectories(folder.resolve("run/checkpoints/step-00000001"));
        try (Clip run = Clip.open(folder.resolve("run"))) {
            assertArrayEquals(clip.embed("a text"), run.embed("a text"));
        }
    }

    @Test
    void opensWeightsBesideTheirConfigurationOrWithOneThatIsGiven() throws IOException {
        Path weights = folder.resolve("model/model.safetensors");
        try (Clip beside = Clip.open(weights)) {
            assertArrayEquals(clip.embed("a text"), beside.embed("a text"));
        }
        Path bare = Files.createDirectory(folder.resolve("bare")).resolve("weights.bin");
        Files.copy(weights, bare);
        try (Clip given = Clip.builder()
                .setModel(bare)
                .optConfig(clip.config())
                .optRoute(MatrixRoute.CONVOLUTION)
                .build()) {
            assertArrayEquals(clip.embed("a text"), given.embed("a text"), ROUNDING);
        }
    }

    @Test
    void computesInBfloat16WhereTheHardwareHasIt() throws IOException {
        try (Clip half = Clip.builder()
                .setModel(folder.resolve("model"))
                .optPrecision(Precision.BF16)
                .build()) {
            assertArrayEquals(clip.embed("a red car"), half.embed("a red car"), 0.05f);
        }
    }

    @Test
    void seesPicturesInTheImageSizeOfItsConfiguration() throws IOException {
        ClipConfig larger = clip.config().withImageSize(64);
        try (Clip sharper = Clip.builder()
                .setModel(folder.resolve("model"))
                .optConfig(larger)
                .build()) {
            Path file = FrontDoor.picture("jpeg-420-photo.jpg");
            assertEquals(larger, sharper.config());
            assertEquals(clip.embed(file).length, sharper.embed(file).length);
            assertTrue(Parity.relative(clip.embed(file), sharper.embed(file)) > 1e-3);
        }
    }

    @Test
    void featuresAndClassifiersOutliveTheModel() throws IOException {
        FeatureIndex<Picture> album = clip.index(FrontDoor.pictures());
        float[] query = clip.embed("a red car");
        clip.close();
        clip.close();
        assertEquals(1, album.nearest(query, 1).size());
    }

    @Test
    void aModelIsAskedByThePromptsThatItRecords() throws IOException {
        assertEquals(PromptTemplates.photo(), clip.prompts(), "a model from elsewhere records none");
        Path model = FrontDoor.model(folder.resolve("recording"));
        Path record = model.resolve(ModelFolder.PROMPTS);
        Files.writeString(record, "{\"templates\": [\"{}\", \"a drawing of a {}\"]}");
        PromptTemplates recorded = PromptTemplates.of("{}", "a drawing of a {}");
        List<Picture> pictures = FrontDoor.pictures().subList(0, 1);
        try (Clip recording = Clip.open(model.resolve("model.safetensors"))) {
            assertEquals(recorded, recording.prompts());
            assertEquals(
                    clip.classify(pictures, OPEN_CLIP.labels(), recorded).get(0),
                    recording.classify(pictures.get(0), OPEN_CLIP.labels()));
        }
        Files.writeString(record, "{\"templates\": [\"a photo\"]}");
        IOException error = assertThrows(IOException.class, () -> Clip.open(model));
        assertTrue(error.getMessage().contains(record + ": \"templates\""), error.getMessage());
        Files.writeString(record, "[]");
        error = assertThrows(IOException.class, () -> Clip.open(model));
        assertTrue(error.getMessage().contains(record.toString()), error.getMessage());
    }
}
