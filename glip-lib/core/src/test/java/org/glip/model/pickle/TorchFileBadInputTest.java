package org.glip.model.pickle;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.glip.Parity;
import org.glip.model.GoldenModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFileBadInputTest {
    private static final String STORAGE = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\4tQ";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    private static byte[] bytes(String pickle) {
        return pickle.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One entry "w": a tensor with these opcodes for offset, size and stride. */
    private static String tensor(String view) {
        return "\u0080\2}X\1\0\0\0wctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE + view
                + "\u0089ccollections\nOrderedDict\n)RtRs.";
    }

    private static Map<String, byte[]> entries(String pickle) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", bytes(pickle));
        entries.put("a/data/0", new byte[16]);
        return entries;
    }

    private Path zip(Map<String, byte[]> entries, int method) throws IOException {
        Path file = folder.resolve("weights.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setMethod(method);
                entry.setSize(each.getValue().length);
                CRC32 sum = new CRC32();
                sum.update(each.getValue());
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private String refusal(Path file) {
        String message = assertThrows(
                        IOException.class, () -> TorchFile.open(file).close())
                .getMessage();
        assertTrue(message.contains("weights.pt"), message);
        return message;
    }

    private void assertRefused(String pickle, String reason) throws IOException {
        String message = refusal(zip(entries(pickle), ZipEntry.STORED));
        assertTrue(message.contains(reason), message);
    }

    @Test
    void aWellFormedFileOfThisTestIsRead() throws IOException {
        try (TorchFile file = TorchFile.open(zip(entries(tensor("K\0K\2K\2\u0086K\2K\1\u0086")), ZipEntry.STORED))) {
            assertTrue(file.floats("w").length == 4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os\nsystem",
                "posix\nsystem",
                "builtins\neval",
                "__builtin__\nexec",
                "builtins\ngetattr",
                "subprocess\nPopen",
                "torch\nload",
                "torch.storage\n_load_from_bytes",
                "torch._utils\n_rebuild_tensor",
                "numpy.core.multiarray\n_reconstruct",
                "argparse\nNamespace",
                "collections\nOrderedDict.__reduce__"
            })
    void anyOtherClassOrFunctionIsRefusedByName(String global) throws IOException {
        String name = global.replace('\n', '.');
        assertRefused("\u0080\2c" + global + "\nX\4\0\0\0true\u0085R.", "names " + name);
        // deep within what is otherwise a state dict, and never called
        assertRefused("\u0080\2}(X\1\0\0\0ac" + global + "\nu.", "names " + name);
    }

    @ParameterizedTest
    @CsvSource({
        "0x8c, a short text of protocol 4",
        "0x93, a global from the stack",
        "0x82, an extension",
        "0x69, an instance",
        "0x6f, an object",
        "0x50, a persistent id as text",
        "0x92, a call with keywords"
    })
    void opcodesThatPyTorchDoesNotWriteAreRefused(int opcode, String what) throws IOException {
        assertRefused("\u0080\2)" + (char) opcode + "\0\0\0\0.", "opcode " + opcode);
    }

    @ParameterizedTest
    @CsvSource({
        "K\\0K\\3K\\3\\206K\\3K\\1\\206, larger than its storage",
        "K\\1K\\4\\205K\\1\\205, an offset that reaches over the end",
        "K\\0K\\4\\205K\\2\\205, a stride that reaches over the end",
        "K\\5K\\0\\205K\\1\\205, an offset outside",
        "J\\377\\377\\377\\377K\\1\\205K\\1\\205, a negative offset",
        "K\\0J\\377\\377\\377\\377\\205K\\1\\205, a negative size",
        "K\\0J\\377\\377\\377\\177J\\377\\377\\377\\177\\206K\\0K\\0\\206, one number shown very often",
        "K\\0K\\2K\\2\\206K\\1\\205, fewer strides than sizes"
    })
    void viewsThatDoNotFitTheirStorageAreRefused(String view, String what) throws IOException {
        String message = refusal(zip(entries(tensor(view.translateEscapes())), ZipEntry.STORED));
        assertTrue(message.contains("does not fit its storage") || message.contains("strides"), what + ": " + message);
    }

    @Test
    void hugeSizesAreRefusedWithoutOverflow() throws IOException {
        String huge = "\u008a\10\377\377\377\377\377\377\377\177"; // the largest long
        assertRefused(tensor("K\0" + huge + huge + "\u0086" + huge + huge + "\u0086"), "does not fit its storage");
        assertRefused(tensor(huge + "K\1\u0085K\1\u0085"), "does not fit its storage");
        assertRefused(tensor("K\0K\2K\2\u0086" + huge + huge + "\u0086"), "does not fit its storage");
        assertRefused(tensor("K\0(" + "K\1".repeat(100) + "t(" + "K\1".repeat(100) + "t"), "100 dimensions");
    }

    @ParameterizedTest
    @CsvSource({
        "'.', damaged",
        "'(((', ends early",
        "'R.', damaged",
        "'N)R.', calls what is not a function",
        "'NQ.', lacks a tuple",
        "'h\\5.', refers to object 5",
        "'X\\377\\377\\377\\177abc.', claims a text of 2147483647 bytes",
        "'X\\377\\377\\377\\377abc.', claims a text of 4294967295 bytes",
        "'cos', damaged",
        "')Na.', not a list",
        "'NNNs.', not a dictionary",
        "'})Ns.', neither texts nor whole numbers",
        "'N.', neither a state_dict nor a module",
        "'}]b.', state is not a dictionary",
        "'\\1', opcode 1"
    })
    void damagedPicklesAreRefusedWithTheReason(String pickle, String reason) throws IOException {
        assertRefused("\u0080\2" + pickle.translateEscapes(), reason);
    }

    @Test
    void modulesThatContainThemselvesAreRefusedQuickly() throws IOException {
        // a module with two attributes that are the module itself
        assertRefused("\u0080\2c__torch__.M\nM\n)\u0081q\1}(X\1\0\0\0ah\1X\1\0\0\0bh\1ub.", "attributes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "a\\..\\evil"})
    void entriesThatPointOutsideAreRefused(String name) throws IOException {
        Map<String, byte[]> entries = entries(tensor("K\0K\4\u0085K\1\u0085"));
        entries.put(name, new byte[3]);
        assertTrue(refusal(zip(entries, ZipEntry.STORED)).contains("points outside"));
    }

    @Test
    void compressedEntriesAreRefusedSoThatNothingGrows() throws IOException {
        Map<String, byte[]> bomb = entries(tensor("K\0K\4\u0085K\1\u0085"));
        bomb.put("a/data/0", new byte[50_000_000]);
        String message = refusal(zip(bomb, ZipEntry.DEFLATED));
        assertTrue(message.contains("compressed"), message);
    }

    @Test
    void storagesOfAnotherLengthOrMissingAreRefused() throws IOException {
        Map<String, byte[]> entries = entries(tensor("K\0K\4\u0085K\1\u0085"));
        entries.put("a/data/0", new byte[12]);
        String message = refusal(zip(entries, ZipEntry.STORED));
        assertTrue(message.contains("storage '0' has 12 bytes, its tensors claim 16"), message);
        entries.remove("a/data/0");
        assertTrue(refusal(zip(entries, ZipEntry.STORED)).contains("lacks the storage '0'"));
    }

    @Test
    void archivesWithoutOnePickleOrOfAnotherByteOrderAreRefused() throws IOException {
        Map<String, byte[]> entries = entries(tensor("K\0K\4\u0085K\1\u0085"));
        entries.put("b/data.pkl", bytes("\u0080\2}."));
        assertTrue(refusal(zip(entries, ZipEntry.STORED)).contains("one entry NAME/data.pkl, not 2"));
        entries.remove("b/data.pkl");
        entries.put("a/byteorder", bytes("big"));
        assertTrue(refusal(zip(entries, ZipEntry.STORED)).contains("byte order is 'big'"));
        assertTrue(refusal(zip(Map.of("x", new byte[1]), ZipEntry.STORED)).contains("not 0"));
    }

    @Test
    void checksumsAreComparedUnlessPyTorchLeftThemOut() throws IOException {
        Path file = zip(entries(tensor("K\0K\4\u0085K\1\u0085")), ZipEntry.STORED);
        byte[] bytes = Files.readAllBytes(file);
        int numbers = indexOf(bytes, new byte[16]);
        bytes[numbers + 7] ^= 1;
        Files.write(file, bytes);
        try (TorchFile damaged = TorchFile.open(file)) {
            String message =
                    assertThrows(IOException.class, () -> damaged.floats("w")).getMessage();
            assertTrue(message.contains("'a/data/0'") && message.contains("checksum"), message);
            assertThrows(IOException.class, () -> damaged.floats("w"), "a second time, too");
        }
        // torch.serialization.set_crc32_options(False) writes 0, in both places of an entry
        for (int at = 0; at + 20 < bytes.length; at++) {
            boolean local = bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 3 && bytes[at + 3] == 4;
            boolean central = bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 1 && bytes[at + 3] == 2;
            if (local || central) {
                java.util.Arrays.fill(bytes, at + (local ? 14 : 16), at + (local ? 18 : 20), (byte) 0);
            }
        }
        Files.write(file, bytes);
        try (TorchFile unchecked = TorchFile.open(file)) {
            assertTrue(unchecked.floats("w")[1] != 0, "the changed number is read, as PyTorch reads it");
        }
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (java.util.Arrays.equals(part, java.util.Arrays.copyOfRange(bytes, at, at + part.length))) {
                return at;
            }
        }
        throw new AssertionError("it is not there");
    }

    @Test
    void noFlippedBitLoadsChangedWeights() throws IOException {
        byte[] original = Files.readAllBytes(GoldenModel.path("torch/state_dict.pt"));
        Path file = folder.resolve("weights.pt");
        Files.write(file, original);
        Map<String, float[]> expected = numbers(file);
        SplittableRandom random = new SplittableRandom(8);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = original.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            try {
                Map<String, float[]> read = numbers(file);
                assertTrue(expected.keySet().equals(read.keySet()));
                expected.forEach((name, values) -> assertTrue(java.util.Arrays.equals(values, read.get(name)), name));
            } catch (IOException e) {
                refused++;
                assertTrue(
                        e.getMessage().contains("weights.pt") && !e.getMessage().endsWith("null"), e.getMessage());
            }
        }
        assertTrue(refused > 500, refused + " refused");
    }

    private static Map<String, float[]> numbers(Path file) throws IOException {
        Map<String, float[]> numbers = new LinkedHashMap<>();
        try (TorchFile read = TorchFile.open(file)) {
            for (String name : read.shapes().keySet()) {
                numbers.put(name, read.floats(name));
            }
        }
        return numbers;
    }

    @Test
    void picklesThatMakeMillionsOfValuesAreRefused() throws IOException {
        assertRefused("\u0080\2" + "}".repeat(3_000_000) + ".", "2000000 values");
        StringBuilder remembered = new StringBuilder("\u0080\2}");
        for (int i = 0; i < 2_100_000; i++) {
            remembered
                    .append('r')
                    .append((char) (i & 0xFF))
                    .append((char) (i >> 8 & 0xFF))
                    .append((char) (i >> 16))
                    .append('\0');
        }
        assertRefused(remembered + ".", "2000000 values");
    }

    @Test
    void archivesCutOffAnywhereSayWhy() throws IOException {
        byte[] original = Files.readAllBytes(GoldenModel.path("torch/state_dict.pt"));
        Path file = folder.resolve("weights.pt");
        for (int length = 0; length < original.length; length += 97) {
            Files.write(file, java.util.Arrays.copyOf(original, length));
            String message = refusal(file);
            assertTrue(!message.endsWith("null") && !message.endsWith(": "), length + ": " + message);
        }
    }

    @Test
    void weightsUnderAnotherNameThanStateDictAreNamed() throws IOException {
        String inner = tensor("K\0K\4\u0085K\1\u0085");
        String nested = inner.substring(2, inner.length() - 1); // without the protocol and the end
        assertRefused("\u0080\2}X\5\0\0\0model" + nested + "sX\5\0\0\0epochK\3s.", "under 'model'");
        assertRefused("\u0080\2}X\5\0\0\0epochK\3s.", "no tensors under 'state_dict'");
    }

    @Test
    void aZipOfOtherThingsSaysWhatItHas() throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("image.npy", new byte[4]);
        arrays.put("text.npy", new byte[4]);
        String message = refusal(zip(arrays, ZipEntry.STORED));
        assertTrue(message.contains("this zip has image.npy, text.npy"), message);
    }

    /** Half of the mutations hit the pickle, which is a small part of the file; the rest fall anywhere. */
    @Test
    void tenThousandDamagedFilesAreReadOrRefusedButNeverCrash() throws IOException {
        byte[] original = Files.readAllBytes(GoldenModel.path("torch/checkpoint.pt"));
        int pickleEnd = 6_000;
        Path file = folder.resolve("weights.pt");
        SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = original.clone();
            int reach = random.nextBoolean() ? pickleEnd : bytes.length;
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                bytes[random.nextInt(reach)] = (byte) random.nextInt(256);
            }
            Files.write(
                    file,
                    random.nextInt(8) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try (TorchFile read = TorchFile.open(file)) {
                for (String name : read.shapes().keySet()) {
                    assertTrue(read.floats(name).length <= original.length);
                }
            } catch (IOException e) {
                refused++;
                assertTrue(e.getMessage().contains("weights.pt"), e.getMessage());
            }
            most = Math.max(most, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        Parity.check("fuzz, PyTorch file", "bytes allocated per byte of file", most / (double) original.length, 32);
        assertTrue(refused > 3_000, refused + " refused");
    }

    @Test
    void tenThousandDamagedPicklesAreReadOrRefused() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        try (java.util.zip.ZipFile zip =
                new java.util.zip.ZipFile(GoldenModel.path("torch/openai.pt").toFile())) {
            zip.getInputStream(zip.getEntry("openai/data.pkl")).transferTo(pickle);
        }
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = pickle.toByteArray();
            for (int edits = 1 + random.nextInt(8); edits > 0; edits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                RestrictedPickle.read(bytes);
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith("its ") || e.getMessage().startsWith("a tensor"), e.getMessage());
            }
        }
    }
}
