package org.glip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.ZooModel;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that were trained to see pictures otherwise than CLIP's, against open_clip, by every way into the library. */
class ForeignPreprocessingTest {
    /** An element of what src/test/python/make_preprocess_golden.py writes. */
    private record Golden(JsonObject preprocess_cfg, Map<String, float[]> pictures) {
        @Override
        public String toString() {
            return preprocess_cfg.toString();
        }
    }

    @TempDir
    Path folder;

    private static Stream<Golden> goldens() throws IOException {
        try (InputStream json = Objects.requireNonNull(
                ForeignPreprocessingTest.class.getResourceAsStream("/org/glip/front_door/preprocessing.json"))) {
            return Stream.of(new Gson().fromJson(new InputStreamReader(json, StandardCharsets.UTF_8), Golden[].class));
        }
    }

    private Path model(Golden golden) throws IOException {
        Path model = FrontDoor.model(folder.resolve("model"));
        Path config = model.resolve(ModelFolder.CONFIG);
        JsonObject json = JsonParser.parseString(Files.readString(config)).getAsJsonObject();
        json.add("preprocess_cfg", golden.preprocess_cfg);
        Files.writeString(config, json.toString());
        return model;
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void featuresOfPicturesAreOpenClips(Golden golden) throws IOException {
        try (Clip clip = Clip.open(model(golden))) {
            for (Map.Entry<String, float[]> picture : golden.pictures.entrySet()) {
                float[] feature = clip.embed(FrontDoor.picture(picture.getKey()));
                Parity.check(
                        "preprocessing " + golden + ", " + picture.getKey(),
                        "relative",
                        Parity.relative(picture.getValue(), feature),
                        1e-5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void aPredictorOfDjlGivesTheSame(Golden golden) throws Exception {
        try (ZooModel<Image, float[]> zoo =
                        ClipImageTranslator.criteria(model(golden)).loadModel();
                Predictor<Image, float[]> predictor = zoo.newPredictor()) {
            float[] feature = predictor.predict(ImageFactory.getInstance().fromFile(FrontDoor.picture("png-rgba.png")));
            double difference = Parity.relative(golden.pictures.get("png-rgba.png"), feature);
            assertTrue(difference <= 1e-5, golden + ": " + difference);
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void aConfigurationGivenBesideTheWeightsKeepsTheirWayOfSeeing(Golden golden) throws IOException {
        Path model = model(golden);
        ClipConfig silent = ClipConfig.parse(
                JsonParser.parseString(Files.readString(model.resolve(ModelFolder.CONFIG)))
                        .getAsJsonObject()
                        .get("model_cfg")
                        .toString(),
                "the model alone");
        Path picture = FrontDoor.picture("png-rgb-wide.png");
        try (Clip whole = Clip.open(model);
                Clip given = Clip.builder().setModel(model).optConfig(silent).build()) {
            assertArrayEquals(whole.embed(picture), given.embed(picture));
            assertEquals(whole.config(), given.config());
        }
    }
}
