package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "good,                BAD_METADATA,     '{\"a\":'",
        "good,                BAD_METADATA,     '[1,2]'",
        "good,                BAD_METADATA,     '17'",
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

    @Test
    void leavesOutASampleWithoutPicture() throws IOException {
        assertEquals(List.of(), read(new RawTar().add("a.txt", "text").finish()));
        assertEquals(1, skipped.count(Reason.NO_IMAGE));
    }

    @Test
    void leavesOutASampleWithTwoMembersOfOneName() throws IOException {
        RawTar tar = new RawTar().add("a.png", PICTURE).add("a.txt", "one").add("a.TXT", "two");
        assertEquals(List.of(), read(tar.finish()));
        assertEquals(1, skipped.count(Reason.DUPLICATE_MEMBER));
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
}
