package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.glip.StandardError;
import org.glip.engine.Torch;
import org.glip.model.weights.SafetensorsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people have in the place of weights: it is read, or named with what would help, on one screen. */
class ForeignWeightsTest {
    private static final int SCREEN = 1_600;

    @TempDir
    Path folder;

    private Path weights;

    @BeforeEach
    void copyConfiguration() throws IOException {
        Files.copy(GoldenModel.path("torch/open_clip_config.json"), folder.resolve(ModelFolder.CONFIG));
        weights = folder.resolve(ModelFolder.WEIGHTS);
    }

    private static Map<String, float[]> load(Path modelOrRun) throws IOException {
        Map<String, float[]> loaded = new LinkedHashMap<>();
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(modelOrRun, manager)) {
            model.tensors().forEach((name, tensor) -> loaded.put(name, tensor.toFloatArray()));
        }
        return loaded;
    }

    private String refusal() {
        String message = assertThrows(Exception.class, () -> load(folder)).getMessage();
        assertTrue(message.contains(folder.toString()), message);
        assertTrue(message.length() < SCREEN, message.length() + " letters: " + message);
        return message;
    }

    /** Writes the model of the golden files with other names, and one tensor more or less. */
    private void writeRenamed(UnaryOperator<String> rename) throws IOException {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(GoldenModel.path("torch"), manager)) {
            Map<String, NDArray> renamed = new LinkedHashMap<>();
            model.tensors().forEach((name, tensor) -> renamed.put(rename.apply(name), tensor));
            SafetensorsFile.write(weights, renamed, Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.",
                "_orig_mod.",
                "model.",
                "module._orig_mod.",
                "_orig_mod.module.",
                "model._orig_mod.",
                "_fsdp_wrapped_module.",
                "module.model."
            })
    void whatWrappersPutBeforeAllNamesIsTakenOffAndTold(String prefix) throws IOException {
        writeRenamed(name -> prefix + name);
        Map<String, float[]> expected = load(GoldenModel.path("torch"));
        String told = StandardError.of(() -> {
            Map<String, float[]> actual = load(folder);
            assertEquals(expected.keySet(), actual.keySet());
            expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
        });
        assertEquals(prefix.equals("module."), !told.contains("taken off"), told);
    }

    @Test
    void whatWrapsAPartOfTheModelIsTakenOffToo() throws IOException {
        writeRenamed(name -> name.replace("visual.", "visual._orig_mod.")
                .replace("resblocks.0.", "resblocks.0._checkpoint_wrapped_module."));
        assertEquals(load(GoldenModel.path("torch")).keySet(), load(folder).keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip.", "student.", "model.clip.", "net.module."})
    void otherPrefixesAreNamedWithTheCure(String prefix) throws IOException {
        writeRenamed(name -> prefix + name);
        String message = refusal();
        assertTrue(message.contains("'" + prefix + "'") || message.contains("'clip.'"), message);
        assertTrue(message.contains("removeprefix"), message);
    }

    @Test
    void aPrefixThatNotAllNamesHaveIsNamed() throws IOException {
        writeRenamed(name -> name.equals("logit_scale") ? "loss.logit_scale" : "model." + name);
        assertTrue(refusal().contains("'model.'"), refusal());
    }

    @Test
    void namesOfTransformersAreRecognised() throws IOException {
        writeRenamed(name -> name.startsWith("visual.")
                ? "vision_model." + name.substring("visual.".length())
                : "text_model.encoder." + name);
        assertTrue(refusal().contains("transformers"), refusal());
    }

    @Test
    void hundredsOfStrangeNamesFitOnAScreen() throws IOException {
        writeRenamed(name -> "x".repeat(290) + name.hashCode());
        String message = refusal();
        assertTrue(message.contains("more that are missing") && message.contains("more that are not part"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version https://git-lfs.github.com/spec/v1\\noid sha256:4d7a\\nsize 605157884\\n | git lfs pull",
                "<!DOCTYPE html>\\n<html lang=\"en\"><body>Sign in</body></html> | HTML page",
                "\\n  <html><head><title>404</title> | HTML page",
                "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error> | NoSuchKey",
                "{\"error\": \"Repository not found\"} | Repository not found",
                "{\"metadata\": {\"total_size\": 12}, \"weight_map\": {}} | several files",
                "Access to model x/y is restricted. | Access to model",
                "`` | empty"
            })
    void textsInThePlaceOfWeightsAreNamed(String content, String told) throws IOException {
        Files.writeString(weights, content.translateEscapes());
        assertTrue(refusal().contains(told), refusal());
    }

    @ParameterizedTest
    @CsvSource({
        "1f8b0800000000000003, gzip",
        "28b52ffd0458, zstd",
        "894844460d0a1a0a0000, HDF5",
        "4747554603000000, GGUF",
        "934e554d505901007600, NumPy",
        "89504e470d0a1a0a0000, picture",
        "00112233445566778899, not begin with the length of a header"
    })
    void otherFormatsAreNamed(String hexadecimal, String told) throws IOException {
        Files.write(weights, HexFormat.of().parseHex(hexadecimal));
        assertTrue(refusal().contains(told), refusal());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version https://git-lfs.github.com/spec/v1\\noid sha256:4d7a\\n | git lfs pull",
                "<!DOCTYPE html><html></html> | HTML page",
                "`` | empty",
                "{\"model_type\": \"clip\", \"architectures\": [\"CLIPModel\"]} | transformers",
                "{\"_name_or_path\": \"x\", \"transformers_version\": \"4\", \"model_type\": \"siglip\"} | siglip",
                "{\"architecture\": \"vit_base_patch16_clip_224\", \"num_classes\": 0} | timm"
            })
    void whatIsInThePlaceOfAConfigurationIsNamed(String content, String told) throws IOException {
        Files.writeString(weights, "whatever");
        Files.writeString(folder.resolve(ModelFolder.CONFIG), content.translateEscapes());
        assertTrue(refusal().contains(told), refusal());
    }

    @Test
    void aFolderOfTransformersIsNamedAsSuch() throws IOException {
        Files.delete(folder.resolve(ModelFolder.CONFIG));
        Files.writeString(weights, "whatever");
        Files.writeString(
                folder.resolve(ModelFolder.PLAIN_CONFIG),
                "{\"architectures\": [\"CLIPModel\"], \"model_type\": \"clip\", \"vision_config\": {}}");
        String message = refusal();
        assertTrue(message.contains("transformers") && message.contains("open_clip_config.json"), message);
    }

    @Test
    void openAisArchiveUnderGeluIsLoadedWithAWarning() throws IOException {
        Path archive = GoldenModel.path("torch/openai.pt");
        ClipConfig config = ModelFolder.config(archive);
        ClipConfig gelu = new ClipConfig(config.embedding(), false, config.vision(), config.text());
        try (NDManager manager = Torch.newManager()) {
            String warned = StandardError.of(
                    () -> ModelFolder.load(archive, gelu, manager).close());
            assertTrue(warned.contains("quick_gelu") && warned.contains("openai.pt"), warned);
            String quiet = StandardError.of(
                    () -> ModelFolder.load(archive, config, manager).close());
            assertEquals("", quiet);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightsThatAreNoNumbersAreWarnedOf(float odd) throws IOException {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(GoldenModel.path("torch"), manager)) {
            Map<String, NDArray> tensors = new LinkedHashMap<>(model.tensors());
            NDArray bias = tensors.get("ln_final.bias").duplicate();
            bias.set(new ai.djl.ndarray.index.NDIndex("2"), odd);
            tensors.put("ln_final.bias", bias);
            SafetensorsFile.write(weights, tensors, Map.of());
            String warned =
                    StandardError.of(() -> ModelFolder.load(folder, manager).close());
            assertTrue(warned.contains("1 of its tensors, such as [ln_final.bias]"), warned);
            assertTrue(warned.contains(weights.toString()), warned);
        }
    }

    @Test
    void hugeWeightsThatAreNumbersAreNotWarnedOf() throws IOException {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(GoldenModel.path("torch"), manager)) {
            Map<String, NDArray> tensors = new LinkedHashMap<>(model.tensors());
            tensors.put("ln_final.bias", tensors.get("ln_final.bias").mul(0).add(3e38f));
            SafetensorsFile.write(weights, tensors, Map.of());
            assertEquals(
                    "", StandardError.of(() -> ModelFolder.load(folder, manager).close()));
        }
    }

    @Test
    void excerptsOfLongTextsAreShort() throws IOException {
        Files.write(weights, "word ".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal().endsWith("word ..."), refusal());
    }
}
