package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.glip.engine.Torch;
import org.glip.image.Interpolation;
import org.glip.image.Normalization;
import org.glip.image.PreprocessConfig;
import org.glip.image.ResizeMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How open_clip's preprocess_cfg is read and written; what comes of it is told by the pixels and the features. */
class PreprocessingJsonTest {
    private static final String MODEL = """
            {"embed_dim": 8,
            "vision_cfg": {"image_size": 64, "layers": 1, "width": 8, "head_width": 8, "patch_size": 32},
            "text_cfg": {"context_length": 8, "vocab_size": 99, "width": 8, "heads": 1, "layers": 1}""";
    private static final Normalization HALF = normalization(.5f, .5f);

    @TempDir
    Path folder;

    private static Normalization normalization(float mean, float std) {
        return new Normalization(new float[] {mean, mean, mean}, new float[] {std, std, std});
    }

    private static ClipConfig parse(String preprocessing) {
        return ClipConfig.parse(
                "{\"model_cfg\": " + MODEL + "}, \"preprocess_cfg\": " + preprocessing + "}", "model.json");
    }

    private static ClipConfig silent() {
        return ClipConfig.parse(MODEL + "}", "model.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"mean\":[0.48145466,0.4578275,0.40821073],\"std\":[0.26862954,0.26130258,0.27577711]}",
                "{\"size\":64,\"mode\":\"RGB\",\"interpolation\":\"bicubic\",\"resize_mode\":\"shortest\"}",
                "{\"mean\":0,\"std\":0.0}",
                "{\"size\":[64,64],\"mean\":null,\"fill_color\":0,\"interpolation\":\"random\"}"
            })
    void whatAsksForClipsOwnIsClipsOwn(String preprocessing) {
        assertEquals(silent(), parse(preprocessing));
    }

    @Test
    void everyFieldIsRead() {
        PreprocessConfig read = parse("{\"size\":64,\"mode\":\"RGB\",\"mean\":[0.5,0.5,0.5],\"std\":[0.5,0.5,0.5],"
                        + "\"interpolation\":\"bilinear\",\"resize_mode\":\"longest\",\"fill_color\":[255,0,64]}")
                .preprocessing();
        assertEquals(new PreprocessConfig(HALF, Interpolation.BILINEAR, ResizeMode.LONGEST, 0xFF0040), read);
        PreprocessConfig numbers =
                parse("{\"mean\":0.25,\"std\":0.125,\"fill_color\":128}").preprocessing();
        assertEquals(normalization(.25f, .125f), numbers.normalization());
        assertEquals(0x808080, numbers.fillColor());
        assertEquals(
                numbers.normalization(),
                parse("{\"mean\":[0.25],\"std\":[0.125]}").preprocessing().normalization());
        assertEquals(
                ResizeMode.SQUASH,
                parse("{\"resize_mode\":\"squash\"}").preprocessing().resizeMode());
    }

    @Test
    void itIsReadBesideTheFieldsOfABareModelJson() {
        String bare = MODEL + ", \"preprocess_cfg\": {\"mean\": 0.5, \"std\": 0.5}}";
        assertEquals(HALF, ClipConfig.parse(bare, "a").preprocessing().normalization());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"mean\":[0.5,0.5]} | preprocess_cfg.mean",
                "{\"mean\":\"0.5\"} | preprocess_cfg.mean",
                "{\"mean\":[0.5,0.5,\"0.5\"]} | preprocess_cfg.mean",
                "{\"mean\":[]} | preprocess_cfg.mean",
                "{\"mean\":{}} | preprocess_cfg.mean",
                "{\"std\":[0.26862954,0.26130258]} | preprocess_cfg.std",
                "{\"std\":[0.5,0,0.5]} | preprocess_cfg.std",
                "{\"std\":-1} | preprocess_cfg.std",
                "{\"mean\":[1e99,0,0]} | preprocess_cfg.mean",
                "{\"size\":224} | preprocess_cfg.size",
                "{\"size\":[64,32]} | preprocess_cfg.size",
                "{\"size\":[3,64,64]} | preprocess_cfg.size",
                "{\"interpolation\":\"nearest\"} | preprocess_cfg.interpolation",
                "{\"interpolation\":3} | preprocess_cfg.interpolation",
                "{\"resize_mode\":\"crop\"} | preprocess_cfg.resize_mode",
                "{\"resize_mode\":true} | preprocess_cfg.resize_mode",
                "{\"fill_color\":256} | preprocess_cfg.fill_color",
                "{\"fill_color\":0.5} | preprocess_cfg.fill_color",
                "{\"fill_color\":[0,0]} | preprocess_cfg.fill_color",
                "{\"fill_color\":\"white\"} | preprocess_cfg.fill_color",
                "{\"mode\":1} | preprocess_cfg.mode",
                "{\"mode\":\"L\"} | preprocess_cfg.mode",
                "{\"crop_pct\":0.9} | preprocess_cfg.crop_pct",
                "[] | preprocess_cfg"
            })
    void whatIsWrongOrNotDoneIsRefusedByName(String preprocessing, String reason) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> parse(preprocessing));
        assertTrue(error.getMessage().contains("model.json"), error.getMessage());
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }

    private void write(ClipConfig config) throws IOException {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(config, 1, manager)) {
            ModelFolder.write(folder, model, Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mean\":[0.5,0.5,0.5],\"std\":[0.5,0.5,0.5],\"resize_mode\":\"squash\"}",
                "{\"mean\":[0.1,0.2,0.3],\"std\":0.7,\"interpolation\":\"bilinear\"}",
                "{\"resize_mode\":\"longest\",\"fill_color\":127}",
                "{\"resize_mode\":\"longest\",\"fill_color\":[1,2,3]}"
            })
    void aSavedModelRecordsEveryFieldForOpenClipToo(String preprocessing) throws IOException {
        ClipConfig config = parse(preprocessing);
        write(config);
        assertEquals(config, ModelFolder.config(folder));
        JsonObject written = JsonParser.parseString(Files.readString(folder.resolve(ModelFolder.CONFIG)))
                .getAsJsonObject()
                .getAsJsonObject("preprocess_cfg");
        assertEquals(
                Set.of("size", "mode", "mean", "std", "interpolation", "resize_mode", "fill_color"), written.keySet());
        assertEquals(64, written.get("size").getAsInt());
    }

    @Test
    void anotherImageSizeKeepsIt() {
        ClipConfig config = parse("{\"mean\":0.5,\"std\":0.5}").withImageSize(96);
        assertEquals(HALF, config.preprocessing().normalization());
        assertEquals(config, ClipConfig.parse(config.toHubJson(), "test"));
    }

    @Test
    void aConfigurationThatSaysNothingOfItTakesThatBesideTheWeights() throws IOException {
        ClipConfig own = parse("{\"mean\":0.5,\"std\":0.5}");
        write(own);
        assertEquals(own, ModelFolder.config(folder, silent()));
        assertEquals(own, ModelFolder.config(folder.resolve(ModelFolder.WEIGHTS), silent()));
        assertEquals(own.withImageSize(128), ModelFolder.config(folder, silent().withImageSize(128)));
        ClipConfig other = parse("{\"resize_mode\":\"squash\"}");
        assertEquals(other, ModelFolder.config(folder, other), "what is asked for by name counts");
        Files.delete(folder.resolve(ModelFolder.CONFIG));
        assertEquals(silent(), ModelFolder.config(folder, silent()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image_mean", "interpolation", "preprocessor_config", "Preprocess_cfg"})
    void whatLooksLikePreprocessingInAnotherPlaceIsNamed(String field) {
        String hub = "{\"model_cfg\": " + MODEL + "}, \"" + field + "\": 1}";
        String message = assertThrows(IllegalArgumentException.class, () -> ClipConfig.parse(hub, "model.json"))
                .getMessage();
        assertTrue(message.contains("field " + field) && message.contains("preprocess_cfg"), message);
    }
}
