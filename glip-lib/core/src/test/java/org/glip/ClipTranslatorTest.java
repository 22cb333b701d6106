package org.glip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL's own way to a model: criteria, model zoo, predictors. */
class ClipTranslatorTest {
    private static final FrontDoor.Expected OPEN_CLIP = FrontDoor.expected();

    /** DJL's image factory reads these two as our decoder does; JPEG decoders differ by a level here and there. */
    private static final List<String> PICTURES = List.of("png-rgba.png", "gif.gif");

    private static final List<String> TEXTS =
            OPEN_CLIP.texts().stream().map(FrontDoor.TextFeature::text).toList();

    @TempDir
    Path folder;

    private Path model;
    private Clip clip;

    @BeforeEach
    void open() throws IOException {
        model = FrontDoor.model(folder.resolve("model"));
        clip = Clip.open(model);
    }

    @AfterEach
    void close() {
        clip.close();
    }

    private static Image image(String name) throws IOException {
        return ImageFactory.getInstance().fromFile(FrontDoor.picture(name));
    }

    private static void compareWithOpenClip(String row, float[] expected, float[] actual) {
        Parity.check("DJL predictor, " + row, "relative", Parity.relative(expected, actual), 1e-5);
    }

    @Test
    void aPredictorOfPicturesGivesTheFeaturesOfClipAndOpenClip() throws Exception {
        try (ZooModel<Image, float[]> zoo = ClipImageTranslator.criteria(model).loadModel();
                Predictor<Image, float[]> predictor = zoo.newPredictor()) {
            List<Image> images = new ArrayList<>();
            for (String name : PICTURES) {
                images.add(image(name));
                float[] feature = predictor.predict(image(name));
                assertArrayEquals(clip.embed(FrontDoor.picture(name)), feature);
                compareWithOpenClip(name, OPEN_CLIP.pictures().get(name), feature);
            }
            List<float[]> batch = predictor.batchPredict(images);
            assertEquals(PICTURES.size(), batch.size());
            for (int i = 0; i < batch.size(); i++) {
                compareWithOpenClip(
                        PICTURES.get(i) + " in a batch", OPEN_CLIP.pictures().get(PICTURES.get(i)), batch.get(i));
            }
        }
    }

    @Test
    void aPredictorOfTextsGivesTheFeaturesOfClipAndOpenClip() throws Exception {
        try (ZooModel<String, float[]> zoo = ClipTextTranslator.criteria(model).loadModel();
                Predictor<String, float[]> predictor = zoo.newPredictor()) {
            List<float[]> batch = predictor.batchPredict(TEXTS);
            assertEquals(TEXTS.size(), batch.size());
            for (int i = 0; i < batch.size(); i++) {
                float[] alone = predictor.predict(TEXTS.get(i));
                assertArrayEquals(clip.embed(TEXTS.get(i)), alone);
                compareWithOpenClip("text " + i, OPEN_CLIP.texts().get(i).feature(), alone);
                compareWithOpenClip(
                        "text " + i + " in a batch", OPEN_CLIP.texts().get(i).feature(), batch.get(i));
            }
        }
    }

    @Test
    void oneLoadedModelServesPicturesAndTexts() throws Exception {
        try (ZooModel<Image, float[]> zoo = ClipImageTranslator.criteria(model).loadModel();
                Predictor<Image, float[]> pictures = zoo.newPredictor();
                Predictor<String, float[]> texts = zoo.newPredictor(new ClipTextTranslator(clip.config()))) {
            assertArrayEquals(clip.embed(FrontDoor.picture("gif.gif")), pictures.predict(image("gif.gif")));
            assertArrayEquals(clip.embed("a red car"), texts.predict("a red car"));
        }
    }

    @Test
    void theTowersThemselvesServeAsBlocks() throws Exception {
        try (Model images = Model.newInstance("images", "PyTorch");
                Model texts = Model.newInstance("texts", "PyTorch")) {
            ClipModel towers = ModelFolder.load(model, images.getNDManager());
            images.setBlock(towers.visual());
            texts.setBlock(towers.text());
            try (Predictor<Image, float[]> pictures = images.newPredictor(new ClipImageTranslator(clip.config()));
                    Predictor<String, float[]> words = texts.newPredictor(new ClipTextTranslator(clip.config()))) {
                assertArrayEquals(clip.embed(FrontDoor.picture("gif.gif")), pictures.predict(image("gif.gif")));
                assertArrayEquals(clip.embed("a red car"), words.predict("a red car"));
            }
        }
    }

    @Test
    void saysThatAModelHasNoTextTower() throws Exception {
        try (Model other = Model.newInstance("other", "PyTorch")) {
            other.setBlock(new SequentialBlock());
            try (Predictor<String, float[]> words = other.newPredictor(new ClipTextTranslator(clip.config()))) {
                var error = assertThrows(TranslateException.class, () -> words.predict("a text"));
                assertTrue(
                        error.getCause().getMessage().contains("no text tower, but a SequentialBlock"),
                        error.toString());
            }
        }
    }

    @Test
    void aFileOfWeightsIsLoadedToo() throws Exception {
        try (ZooModel<String, float[]> zoo = ClipTextTranslator.criteria(model.resolve("model.safetensors")).toBuilder()
                        .optDevice(Device.cpu())
                        .build()
                        .loadModel();
                Predictor<String, float[]> predictor = zoo.newPredictor()) {
            assertEquals(Device.cpu(), zoo.getNDManager().getDevice());
            assertArrayEquals(clip.embed("a red car"), predictor.predict("a red car"), 1e-6f);
        }
    }

    @Test
    void aRunIsLoadedByItsCheckpoint() throws Exception {
        Path run = folder.resolve("run");
        Files.createDirectories(run.resolve("checkpoints"));
        Files.move(model, run.resolve("checkpoints/step-00000001"));
        try (ZooModel<String, float[]> zoo = ClipTextTranslator.criteria(run).loadModel();
                Predictor<String, float[]> predictor = zoo.newPredictor()) {
            assertArrayEquals(clip.embed("a red car"), predictor.predict("a red car"));
        }
    }

    @Test
    void theLoadedBlockDescribesItself() throws Exception {
        try (ZooModel<Image, float[]> zoo = ClipImageTranslator.criteria(model).loadModel()) {
            assertTrue(zoo.getBlock().isInitialized());
            assertEquals(new Shape(1, 3, 32, 32), zoo.describeInput().get("pixels"));
            Shape[] inputs = zoo.describeInput().values().toArray(Shape[]::new);
            assertArrayEquals(new Shape[] {new Shape(1, 12)}, zoo.getBlock().getOutputShapes(inputs));
        }
    }

    @Test
    void theWeightsGoWithTheLoadedModel() throws Exception {
        ZooModel<String, float[]> zoo = ClipTextTranslator.criteria(model).loadModel();
        Predictor<String, float[]> predictor = zoo.newPredictor();
        predictor.predict("a text");
        zoo.close();
        assertThrows(TranslateException.class, () -> predictor.predict("a text"));
    }

    @Test
    void noPictureIsToldAsSuch() throws Exception {
        try (ZooModel<Image, float[]> zoo = ClipImageTranslator.criteria(model).loadModel();
                Predictor<Image, float[]> predictor = zoo.newPredictor()) {
            TranslateException refused =
                    assertThrows(TranslateException.class, () -> predictor.batchPredict(List.of()));
            assertEquals("there is no picture to embed", refused.getCause().getMessage());
        }
    }
}
