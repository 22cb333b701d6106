package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.Parity;
import org.glip.engine.Torch;
import org.glip.model.pickle.TorchFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PyTorch's files of CLIP models; they are of src/test/python/make_torch_golden.py. */
class TorchFileTest {
    private static Map<String, float[]> weights(Path file) throws IOException {
        Map<String, float[]> weights = new LinkedHashMap<>();
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(file, manager)) {
            for (Map.Entry<String, NDArray> tensor : model.tensors().entrySet()) {
                weights.put(tensor.getKey(), tensor.getValue().toFloatArray());
            }
        }
        return weights;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"state_dict.pt, 0", "checkpoint.pt, 0", "half.pt, 5e-4", "openai.pt, 5e-4", "bfloat16.pt, 4e-3"})
    void everyFormOfACheckpointGivesTheSameModel(String name, double rounding) throws IOException {
        Path folder = GoldenModel.path("torch");
        Map<String, float[]> expected = weights(folder.resolve("model.safetensors"));
        Map<String, float[]> actual = weights(folder.resolve(name));
        assertEquals(expected.keySet(), actual.keySet());
        for (String tensor : expected.keySet()) {
            double difference = Parity.relative(expected.get(tensor), actual.get(tensor));
            Parity.check("weights, " + name + " " + tensor, "relative", difference, rounding);
        }
    }

    @Test
    void viewsOfStoragesAreReadAsPyTorchShowsThem() throws IOException {
        try (TorchFile file = TorchFile.open(GoldenModel.path("torch/views.pt"))) {
            float[] line = new float[24];
            for (int i = 0; i < line.length; i++) {
                line[i] = i;
            }
            assertEquals(new Shape(2, 3, 4), file.shapes().get("whole"));
            assertArrayEquals(line, file.floats("whole"));
            assertEquals(new Shape(6, 4), file.shapes().get("turned"));
            float[] turned = file.floats("turned");
            for (int i = 0; i < line.length; i++) {
                assertEquals(line[i % 4 * 6 + i / 4], turned[i], "number " + i);
            }
            assertArrayEquals(new float[] {5, 6, 7, 8, 9, 10}, file.floats("middle"));
            assertArrayEquals(new float[] {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22}, file.floats("every-other"));
            assertArrayEquals(new float[] {1, 1}, file.floats("parameter"));
            assertArrayEquals(new float[] {-3, 1L << 40}, file.floats("whole-numbers"));
            assertArrayEquals(new float[] {200, 7}, file.floats("bytes"));
            assertArrayEquals(new float[] {2.5f}, file.floats("scalar"));
            assertEquals(new Shape(), file.shapes().get("scalar"));
        }
    }

    @Test
    void formBeforeZipFilesIsRefusedByName() {
        Path legacy = GoldenModel.path("torch/legacy.pt");
        String message = assertThrows(IOException.class, () -> WeightsFormat.open(legacy))
                .getMessage();
        assertTrue(message.contains("legacy.pt") && message.contains("before PyTorch 1.6"), message);
    }

    @Test
    void tarAndBarePicklesAreRefusedByName(@TempDir Path folder) throws IOException {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, tar, 257, 5);
        Path file = folder.resolve("old.pt");
        Files.write(file, tar);
        IOException error = assertThrows(IOException.class, () -> WeightsFormat.open(file));
        assertTrue(error.getMessage().contains("tar form"), error.getMessage());
        Files.write(file, new byte[] {(byte) 0x80, 4, '}', '.', 0, 0, 0, 0, 0, 0});
        error = assertThrows(IOException.class, () -> WeightsFormat.open(file));
        assertTrue(error.getMessage().contains("bare pickle"), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"ViT-B-32.pt", "epoch_32.pth", "weights.safetensors", "model.pth"})
    void weightsOfAnyNameAreFoundBesideTheirConfiguration(String name, @TempDir Path folder) throws IOException {
        Path torch = GoldenModel.path("torch");
        Files.copy(torch.resolve("open_clip_config.json"), folder.resolve("open_clip_config.json"));
        Files.copy(torch.resolve("state_dict.pt"), folder.resolve(name));
        assertEquals(weights(torch).keySet(), weights(folder).keySet());
    }

    @Test
    void ofSeveralFilesOfAnyNameOneMustBeGiven(@TempDir Path folder) throws IOException {
        Path torch = GoldenModel.path("torch");
        Files.copy(torch.resolve("open_clip_config.json"), folder.resolve("open_clip_config.json"));
        for (int epoch = 1; epoch < 3; epoch++) {
            Files.copy(torch.resolve("state_dict.pt"), folder.resolve("epoch_" + epoch + ".pt"));
        }
        String message = assertThrows(IOException.class, () -> weights(folder)).getMessage();
        assertTrue(message.contains("epoch_1.pt") && message.contains("epoch_2.pt"), message);
        assertEquals(
                weights(torch).keySet(), weights(folder.resolve("epoch_2.pt")).keySet());
    }

    @Test
    void hubFoldersAreReadByTheNamesThatOpenClipPrefers(@TempDir Path folder) throws IOException {
        Path torch = GoldenModel.path("torch");
        Files.copy(torch.resolve("open_clip_config.json"), folder.resolve("open_clip_config.json"));
        Files.copy(torch.resolve("state_dict.pt"), folder.resolve("open_clip_pytorch_model.bin"));
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"clip\"}"); // another library's
        Files.writeString(folder.resolve("model.safetensors"), "another library's");
        assertEquals(weights(torch).keySet(), weights(folder).keySet());
    }
}
