package org.glip.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.glip.Parity;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    private Path file(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        Path file = folder.resolve("weights.safetensors");
        Files.write(file, bytes.array());
        return file;
    }

    private String refusal(Path file) {
        IOException error =
                assertThrows(IOException.class, () -> SafetensorsFile.open(file).close());
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        return error.getMessage();
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("a/b.safetensors");
        try (NDManager manager = Torch.newManager()) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            tensors.put("x", manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3)));
            tensors.put("scale", manager.create(2.5f));
            SafetensorsFile.write(file, tensors, Map.of("step", "7"));
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertEquals(Map.of("x", new Shape(2, 3), "scale", new Shape()), read.shapes());
                assertEquals("7", read.metadata().get("step"));
                assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, read.floats("x"));
                assertEquals(2.5f, read.tensor(manager, "scale", new Shape()).getFloat());
            }
        }
    }

    @Test
    void sixteenBitNumbersAreReadExactly() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits : new int[] {0x3C00, 0xC000, 0x0001, 0x7BFF, 0xFC00, 0x3F80, 0xC040}) {
            data.putShort((short) bits);
        }
        Path file = file(
                "{\"half\":{\"dtype\":\"F16\",\"shape\":[5],\"data_offsets\":[0,10]},"
                        + "\"brain\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[10,14]}}",
                data.array());
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertArrayEquals(new float[] {1, -2, 0x1p-24f, 65504, Float.NEGATIVE_INFINITY}, read.floats("half"));
            assertArrayEquals(new float[] {1, -3}, read.floats("brain"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 4 | holds 4",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | takes 12 bytes",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}} | 8 | whole numbers",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[999999999999,999999999999],\"data_offsets\":[0,8]}} | 8 | more numbers",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}} | 8 | whole numbers",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1e999999999],\"data_offsets\":[0,8]}} | 8 | whole numbers",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | gap or overlap",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | gap or overlap",
                "{\"x\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}} | 8 | dtype",
                "{\"x\":{\"dtype\":\"F32\"}} | 8 | needs dtype",
                "[1,2] | 8 | not a JSON object",
                "{\"x\": | 8 | not JSON",
                "{\"__metadata__\":{\"a\":1}} | 0 | not a text"
            })
    void wrongHeadersAreRefusedWithTheReason(String header, int dataBytes, String reason) throws IOException {
        String message = refusal(file(header, new byte[dataBytes]));
        assertTrue(message.contains(reason), message);
    }

    @Test
    void metadataThatAreNullAreNone() throws IOException {
        String header = "{\"__metadata__\":null,\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        try (SafetensorsFile read = SafetensorsFile.open(file(header, new byte[] {0, 0, 0x20, 0x40}))) {
            assertEquals(Map.of(), read.metadata());
            assertArrayEquals(new float[] {2.5f}, read.floats("x"));
        }
    }

    @Test
    void aHeaderOfMillionsOfValuesIsRefusedBeforeItIsParsed() throws IOException {
        String message = refusal(file("{\"x\":[" + "1,".repeat(3_000_000) + "1]}", new byte[0]));
        assertTrue(message.contains("2000000 values"), message);
    }

    @Test
    void whatEndsEarlySaysSo() throws IOException {
        Path whole = file("{\"x\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,36]}}", new byte[36]);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {20, bytes.length - 1}) {
            Files.write(whole, java.util.Arrays.copyOf(bytes, length));
            String message = refusal(whole);
            assertTrue(message.endsWith("ended early"), message);
        }
    }

    @Test
    void headerLengthsThatTheFileCannotHoldAreRefused() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        for (long length : new long[] {-1, 0, 100, 100_000_001, Long.MAX_VALUE}) {
            Files.write(
                    file,
                    ByteBuffer.allocate(16)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .array());
            assertTrue(refusal(file).contains("header"));
        }
        Files.write(file, new byte[3]);
        assertTrue(refusal(file).contains("shorter"));
    }

    @Test
    void headerThatIsNotUtf8IsRefused() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        byte[] bytes = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(4)
                .array();
        bytes[8] = (byte) 0xFF;
        bytes[9] = (byte) 0xFE;
        Files.write(file, bytes);
        assertTrue(refusal(file).contains("UTF-8"));
    }

    @Test
    void tenThousandDamagedFilesAreReadOrRefusedButNeverCrash() throws IOException {
        Path valid = folder.resolve("valid.safetensors");
        try (NDManager manager = Torch.newManager()) {
            NDArray image = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
            SafetensorsFile.write(valid, Map.of("image", image), Map.of("note", "x"));
        }
        byte[] original = Files.readAllBytes(valid);
        Path file = folder.resolve("damaged.safetensors");
        SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = original.clone();
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(
                    file,
                    random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                for (String name : read.shapes().keySet()) {
                    assertTrue(read.floats(name).length <= original.length);
                }
            } catch (IOException e) {
                refused++;
                assertTrue(e.getMessage().contains("safetensors"), e.getMessage());
            }
            most = Math.max(most, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        // the file is tiny, so that what any file takes counts most
        Parity.check("fuzz, safetensors", "KiB allocated for " + original.length + " bytes", most / 1024.0, 64);
        assertTrue(refused > 5_000, refused + " refused");
    }

    @Test
    void weightsThatDoNotFitAreListedByName() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        ClipConfig config = ClipConfig.preset("tiny");
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(config, 1, manager)) {
            Map<String, NDArray> tensors = new LinkedHashMap<>(model.tensors());
            tensors.remove("visual.proj");
            tensors.put("visual.extra", manager.create(1f));
            tensors.put("ln_final.bias", manager.zeros(new Shape(3)));
            SafetensorsFile.write(file, tensors, Map.of());
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> ModelFolder.load(file, config, manager));
            assertTrue(error.getMessage().contains("missing visual.proj"), error.getMessage());
            assertTrue(error.getMessage().contains("not part of the model: visual.extra"), error.getMessage());
            assertTrue(error.getMessage().contains("ln_final.bias has shape (3)"), error.getMessage());
        }
    }
}
