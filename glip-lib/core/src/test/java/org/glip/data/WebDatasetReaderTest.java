package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebDatasetReaderTest {
    private static final byte[] PICTURE = SampleFixtures.picture(3, 8, "png");

    @TempDir
    Path folder;

    private final SkipLog skipped = new SkipLog();

    private List<ImageTextSample> read(byte[] tar) throws IOException {
        Path shard = folder.resolve("shard.tar");
        Files.write(shard, tar);
        return SampleFixtures.readShard(shard, skipped);
    }

    private static List<String> keys(List<ImageTextSample> samples) {
        return samples.stream().map(ImageTextSample::key).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'',                  NO_CAPTION,       ''",
        "' \n ',              EMPTY_CAPTION,    ''",
        "caption as Latin-1,  CAPTION_NOT_UTF8, ''",
        "'',                  BAD_METADATA,     '{\"a\":'",
        "'',                  BAD_METADATA,     '[1,2]'",
        "'',                  BAD_METADATA,     'null'",
        "'',                  NO_CAPTION,       '{\"caption\":null}'",
        "'',                  NO_CAPTION,       '{\"caption\":[\"a\"]}'",
        "'',                  NO_CAPTION,       '{\"caption\":7}'",
        "'',                  EMPTY_CAPTION,    '{\"caption\":\" \"}'",
    })
    void leavesOutAndCountsABadSampleAndGoesOn(String caption, Reason reason, String json) throws IOException {
        RawTar tar = new RawTar().add("a.png", PICTURE).add("a.txt", "first").add("bad.png", PICTURE);
        if (caption.equals("caption as Latin-1")) {
            tar.add("bad.txt", new byte[] {'n', 'a', (byte) 0xef, 'v', 'e'});
        } else if (!caption.isEmpty()) {
            tar.add("bad.txt", caption);
        }
        if (!json.isEmpty()) {
            tar.add("bad.json", json);
        }
        List<ImageTextSample> samples =
                read(tar.add("z.txt", "last").add("z.png", PICTURE).finish());

        assertEquals(List.of("a", "z"), keys(samples));
        assertEquals(1, skipped.count());
        assertEquals(1, skipped.count(reason));
        assertTrue(skipped.messages().get(0).contains("shard.tar!bad: " + reason), skipped.messages()::toString);
    }

    /** Beside a txt nobody needs the json: open_clip reads none of these either, but for the damaged one. */
    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "null", "17", "\"text\"", "", "{\"a\":", "{\"caption\":7}"})
    void whatTheJsonHoldsDoesNotMatterBesideATxt(String json) throws IOException {
        RawTar tar = new RawTar().add("a.png", PICTURE).add("a.txt", "text").add("a.json", json);
        List<ImageTextSample> samples = read(tar.finish());
        assertEquals(List.of("a"), keys(samples));
        assertEquals("text", samples.get(0).caption());
        assertEquals(0, skipped.count());
    }

    @Test
    void aSampleWithoutPictureNamesTheKindsThatItHas() throws IOException {
        RawTar tar =
                new RawTar().add("a.input.jpg", PICTURE).add("a.txt", "text").add("b.npy", "x");
        assertEquals(List.of(), read(tar.finish()));
        assertEquals(2, skipped.count(Reason.NO_IMAGE));
        String message = skipped.messages().get(0);
        assertTrue(message.contains("shard.tar!a: no picture (it has .input.jpg, .txt; a picture is .jpg,"), message);
        assertTrue(skipped.messages().get(1).contains("it has .npy"), skipped.messages()::toString);
    }

    @Test
    void aSampleWithoutCaptionNamesTheKindsThatItHas() throws IOException {
        assertEquals(
                List.of(),
                read(new RawTar().add("a.jpg", PICTURE).add("a.caption", "text").finish()));
        String message = skipped.messages().get(0);
        assertTrue(message.contains("no caption (it has .jpg, .caption; a caption is .txt, or"), message);
    }

    /** Two halves are one sample that is left out, and the cure is named. */
    @Test
    void membersThatAreNotNeighboursAreToldAsSuch() throws IOException {
        RawTar tar = new RawTar();
        for (String key : List.of("a", "b", "c")) {
            tar.add(key + ".jpg", PICTURE);
        }
        for (String key : List.of("a", "b", "lonely")) {
            tar.add(key + ".txt", "text");
        }
        tar.add("good.jpg", PICTURE).add("good.txt", "text");
        assertEquals(List.of("good"), keys(read(tar.finish())));
        assertEquals(
                Map.of(Reason.SCATTERED_MEMBERS, 2L, Reason.NO_CAPTION, 1L, Reason.NO_IMAGE, 1L), skipped.counts());
        assertTrue(skipped.messages().get(0).contains("a: members are not neighbours (a sample's members must follow"));
    }

    /** open_clip's group_by_keys_nothrow: a kind that is there already begins a new sample. */
    @ParameterizedTest
    @CsvSource({
        "a.png a.txt a.png a.txt,               a a,   0",
        "a.png a.txt b.png b.txt a.png a.txt,   a b a, 0",
        "a.png a.txt a.json a.png a.txt a.json, a a,   0",
        "a.png a.txt a.TXT,                     a,     1",
        "a.png a.png a.txt,                     a,     1",
        "a.npy a.png a.npy a.txt,               '',    1",
        "a.txt a.png A.txt A.png,               a A,   0",
    })
    void aRepeatedKindOpensANewSample(String members, String keys, int left) throws IOException {
        RawTar tar = new RawTar();
        for (String name : members.split(" ")) {
            tar.add(name, name.endsWith("png") ? PICTURE : "{}".getBytes(StandardCharsets.UTF_8));
        }
        byte[] content = tar.finish();
        assertEquals(keys, String.join(" ", keys(read(content))));
        assertEquals(left, skipped.count(), skipped::summary);
        assertEquals(
                keys.isEmpty() ? 0 : keys.split(" ").length,
                WebDatasetReader.countSamples(folder.resolve("shard.tar"), SampleText.caption()));
    }

    @Test
    void membersOfAMetaFolderBelongToNoSample() throws IOException {
        RawTar tar =
                new RawTar().add("__notes__/a.txt", "x").add("a.png", PICTURE).add("a.txt", "text");
        assertEquals(List.of("a"), keys(read(tar.finish())));
        assertEquals(0, skipped.count());
    }

    @Test
    void anEmptyTarHasNoSamples() throws IOException {
        assertEquals(List.of(), read(new RawTar().finish()));
        assertEquals(0, skipped.count());
    }

    @Test
    void nextAfterTheLastSampleIsAnError() throws IOException {
        Path shard = folder.resolve("shard.tar");
        SampleFixtures.writeShard(shard, SampleFixtures.samples(1, 1));
        try (WebDatasetReader reader = new WebDatasetReader(shard, skipped)) {
            reader.next();
            assertFalse(reader.hasNext());
            assertThrows(NoSuchElementException.class, reader::next);
        }
    }

    @Test
    void readsGzipWhateverTheFileIsCalled() throws IOException {
        byte[] tar = new RawTar().add("a.png", PICTURE).add("a.txt", "text").finish();
        assertEquals(List.of("a"), keys(read(RawTar.gzip(tar))));
    }

    @Test
    void countsSamplesAsTheReaderReturnsThem() throws IOException {
        RawTar tar = new RawTar();
        for (ImageTextSample sample : SampleFixtures.samples(30, 4)) {
            tar.add(sample.key() + ".png", sample.image()).add(sample.key() + ".txt", sample.caption());
        }
        tar.add("x.png", PICTURE)
                .add("y.txt", "no picture")
                .add("z.png", PICTURE)
                .add("z.txt", " ");
        Path shard = folder.resolve("shard.tar");
        Files.write(shard, tar.finish());

        assertEquals(30, WebDatasetReader.countSamples(shard, SampleText.caption()));
        assertEquals(30, SampleFixtures.readShard(shard, skipped).size());
    }

    @Test
    void aDotInTheNameOfASampleIsNamed() throws IOException {
        read(new RawTar().add("a.1.jpg", PICTURE).add("a.1.txt", "text").finish());
        assertTrue(skipped.messages().get(0).contains("ends at its first dot"), skipped.messages()::toString);
    }

    @Test
    void pythonsNotANumberIsNoCaption() throws IOException {
        RawTar tar = new RawTar().add("a.png", PICTURE).add("a.json", "{\"caption\": NaN}");
        assertEquals(List.of(), read(tar.finish()));
        assertEquals(1, skipped.count(Reason.NO_CAPTION));
    }

    /** GNU's form: 512 bytes of 100,000 are in the file. */
    @Test
    void aSparseMemberIsLeftOutAndTheRestIsRead() throws IOException {
        byte[] tar = new RawTar()
                .add("a.png", new byte[512])
                .add("a.txt", "text")
                .add("b.png", PICTURE)
                .add("b.txt", "b")
                .finish();
        tar[156] = 'S';
        put("ustar  \0", tar, 257);
        put("00000000000\0" + "00000001000\0" + "00000303240\0" + "00000000000\0", tar, 386);
        put("00000303240\0", tar, 483);
        List<ImageTextSample> samples = read(RawTar.withChecksum(tar, 0));
        assertEquals(List.of("b"), keys(samples), skipped.messages()::toString);
        assertEquals(1, skipped.count());
        assertTrue(skipped.messages().get(0).contains("a sparse file"), skipped.messages()::toString);
    }

    private static void put(String text, byte[] target, int offset) {
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, target, offset, text.length());
    }
}
