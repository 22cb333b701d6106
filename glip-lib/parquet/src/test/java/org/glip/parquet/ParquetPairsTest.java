package org.glip.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleOrder;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pyarrow has written is read as pyarrow reads it (make_tables.py). */
class ParquetPairsTest {
    private static final ParquetPairs.Columns USUAL = new ParquetPairs.Columns(null, null);
    private static final int ROWS = 40;

    @TempDir
    Path folder;

    private Path table(String name) throws IOException {
        return Files.write(folder.resolve(name + ".parquet"), bytes(name + ".parquet"));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ParquetPairsTest.class.getResourceAsStream("/parquet/" + name)) {
            return in.readAllBytes();
        }
    }

    private static JsonArray expected(String name) throws IOException {
        String json = new String(bytes("expected.json"), StandardCharsets.UTF_8);
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray(name);
    }

    private static List<ImageTextSample> read(SampleSource source, SampleOrder order, long epoch, SkipLog skipped)
            throws IOException {
        List<ImageTextSample> samples = new ArrayList<>();
        try (SampleSource.Pass pass = source.open(epoch, order, skipped)) {
            pass.forEachRemaining(samples::add);
        }
        return samples;
    }

    private static List<ImageTextSample> read(SampleSource source, SkipLog skipped) throws IOException {
        return read(source, SampleOrder.asStored(), 0, skipped);
    }

    private static String caption(JsonElement caption) {
        if (caption instanceof JsonArray list) {
            return list.asList().stream()
                    .filter(each -> !each.isJsonNull())
                    .findFirst()
                    .map(JsonElement::getAsString)
                    .orElse("");
        }
        return caption.isJsonNull() ? "" : caption.getAsString().strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "snappy-dictionary", "zstd-v2", "gzip-small-pages", "lz4", "delta", "struct", "lists"})
    void readsWhatPyarrowReads(String name) throws IOException {
        SkipLog skipped = new SkipLog();
        SampleSource source = ParquetPairs.open(List.of(table(name)), USUAL);
        List<ImageTextSample> samples = read(source, skipped);
        int next = 0;
        for (JsonElement element : expected(name)) {
            JsonObject row = element.getAsJsonObject();
            String caption = caption(row.get("caption"));
            if (row.get("picture").isJsonNull() || caption.isEmpty()) {
                continue;
            }
            ImageTextSample sample = samples.get(next++);
            assertEquals(row.get("picture").getAsString(), DigestUtils.sha256Hex(sample.image()), sample.origin());
            assertEquals(caption, sample.caption());
            if (!row.get("path").isJsonNull()) {
                assertEquals(row.get("path").getAsString(), sample.key());
            }
        }
        assertEquals(next, samples.size());
        assertEquals(ROWS, source.countSamples());
        assertEquals(ROWS - next, skipped.count(), skipped::summary);
        assertEquals(0, skipped.count(Reason.DAMAGED_SHARD));
    }

    @Test
    void listsAllCaptionsOfAPicture() throws IOException {
        List<ImageTextSample> samples = read(ParquetPairs.open(List.of(table("lists")), USUAL), new SkipLog());
        ImageTextSample third = samples.get(2);
        assertEquals("first 2", third.caption());
        assertEquals(List.of("first 2", "second 2"), SampleMetadata.captions(third.metadata()));
    }

    @Test
    void readsPicturesThatPathsName() throws IOException {
        byte[] picture = {1, 2, 3};
        Files.write(folder.resolve("000.png"), picture);
        SkipLog skipped = new SkipLog();
        List<ImageTextSample> samples = read(ParquetPairs.open(List.of(table("paths")), USUAL), skipped);
        assertEquals(1, samples.size());
        assertEquals("000.png", samples.get(0).key());
        assertEquals(3, samples.get(0).image().length);
        assertTrue(skipped.messages().stream().anyMatch(each -> each.contains("001.png does not exist")));
        assertEquals(3, skipped.count(Reason.NO_CAPTION));
        assertEquals(1, skipped.count(Reason.EMPTY_CAPTION));
    }

    @Test
    void orderIsAFunctionOfSeedAndEpoch() throws IOException {
        SampleSource source = ParquetPairs.open(List.of(table("snappy-dictionary"), table("zstd-v2")), USUAL);
        SampleOrder order = new SampleOrder(7, 5);
        List<String> stored = keys(source, SampleOrder.asStored(), 0);
        List<String> first = keys(source, order, 0);
        assertEquals(first, keys(source, order, 0));
        assertNotEquals(first, keys(source, order, 1));
        assertNotEquals(first, keys(source, new SampleOrder(8, 5), 0));
        assertNotEquals(stored, first);
        assertEquals(new HashSet<>(stored), new HashSet<>(first));
        assertTrue(stored.get(0).equals("snappy-dictionary-000000000"), stored.get(0));
    }

    private static List<String> keys(SampleSource source, SampleOrder order, long epoch) throws IOException {
        return read(source, order, epoch, new SkipLog(0)).stream()
                .map(ImageTextSample::key)
                .toList();
    }

    private String refusal(Path file, ParquetPairs.Columns columns) {
        String message = assertThrows(IOException.class, () -> ParquetPairs.open(List.of(file), columns))
                .getMessage();
        assertTrue(message.contains(file.toString()), message);
        return message;
    }

    @Test
    void everyTruncationIsTold() throws IOException {
        byte[] whole = bytes("snappy-dictionary.parquet");
        for (int length = 0; length < whole.length; length += 61) {
            Path file = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length));
            String message = refusal(file, USUAL);
            assertTrue(message.contains(length == 0 ? "empty" : "truncated"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, -1, 7000, 3, 0})
    void aFooterLengthThatLiesIsTold(int length) throws IOException {
        byte[] bytes = bytes("snappy-dictionary.parquet");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, length);
        String message = refusal(Files.write(folder.resolve("lie.parquet"), bytes), USUAL);
        assertTrue(message.contains(length == 3 || length == 0 ? "its footer is damaged" : "claim a footer"), message);
    }

    /** Whatever byte of the footer is another, it is refused, or read; there is neither a crash nor a huge array. */
    @Test
    void noByteOfTheFooterIsBelieved() throws IOException {
        byte[] whole = bytes("zstd-v2.parquet");
        int length = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
        for (int place = whole.length - 8 - length; place < whole.length; place++) {
            byte[] changed = whole.clone();
            changed[place] = (byte) new int[] {0xFF, 0x7F, whole[place] ^ 0x10}[place % 3];
            Path file = Files.write(folder.resolve("changed.parquet"), changed);
            try {
                ParquetPairs.open(List.of(file), USUAL).open(new SkipLog(0)).hasNext();
            } catch (IOException e) {
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            }
        }
    }

    @Test
    void aDamagedPageCostsItsGroupOfRows() throws IOException {
        byte[] bytes = bytes("zstd-v2.parquet");
        bytes[200] ^= 1; // in the first of three groups of 16, 16 and 8 rows; pages have checksums here
        SkipLog skipped = new SkipLog();
        Path file = Files.write(folder.resolve("bad.parquet"), bytes);
        List<ImageTextSample> samples = read(ParquetPairs.open(List.of(file), USUAL), skipped);
        assertEquals(1, skipped.count(Reason.DAMAGED_SHARD), skipped::summary);
        assertTrue(
                skipped.messages().stream().anyMatch(each -> each.contains("checksum")), skipped.messages()::toString);
        assertTrue(samples.stream().anyMatch(sample -> sample.key().endsWith("017")));
        assertTrue(samples.stream().noneMatch(sample -> sample.key().endsWith("014")));
    }

    @ParameterizedTest
    @CsvSource({
        "numbers, image, caption, 'column \"image\" is of type INT64; pictures are bytes'",
        "numbers, box, caption, 'a group of x, y'",
        "numbers, id, caption, 'no column \"id\", only \"image\", \"caption\", \"box\"'",
        "plain, image, words, 'no column \"words\", only \"image\", \"caption\"'",
        "struct, image, image, 'captions are a text or a list of texts'",
        "lists, captions, captions, 'column \"captions\" is a group of list; pictures are bytes'",
        "brotli, image, caption, 'packed by BROTLI, which is not read'",
    })
    void columnsThatDoNotFitAreNamed(String name, String image, String caption, String told) throws IOException {
        String message = refusal(table(name), new ParquetPairs.Columns(image, caption));
        assertTrue(message.contains(told), message);
    }

    @Test
    void whatIsNoParquetFileIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("a.parquet"), "filepath,title\n");
        assertTrue(refusal(text, USUAL).contains("not a Parquet table but a text"));
        Path pointer = Files.writeString(folder.resolve("b.parquet"), "version https://git-lfs.github.com/spec/v1\n");
        assertTrue(refusal(pointer, USUAL).contains("git lfs pull"));
        assertTrue(refusal(folder.resolve("none.parquet"), USUAL).contains("does not exist"));
        assertThrows(IllegalArgumentException.class, () -> ParquetPairs.open(List.of(), USUAL));
    }
}
