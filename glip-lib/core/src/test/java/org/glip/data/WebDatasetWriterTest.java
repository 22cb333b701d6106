package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebDatasetWriterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsWrittenIsReadBack(long seed) throws IOException {
        List<ImageTextSample> written = SampleFixtures.samples((int) seed * 7, seed);
        Path shard = folder.resolve("shard.tar");
        SampleFixtures.writeShard(shard, written);

        SkipLog skipped = new SkipLog();
        List<ImageTextSample> read = SampleFixtures.readShard(shard, skipped);

        assertEquals(written.size(), read.size());
        assertEquals(0, skipped.count());
        for (int i = 0; i < read.size(); i++) {
            assertEquals(written.get(i).key(), read.get(i).key());
            assertEquals(written.get(i).caption(), read.get(i).caption());
            assertEquals(written.get(i).metadata(), read.get(i).metadata());
            assertArrayEquals(written.get(i).image(), read.get(i).image());
            assertEquals(shard + "!" + written.get(i).key(), read.get(i).origin());
        }
    }

    @Test
    void keepsLongAndForeignKeys() throws IOException {
        Path shard = folder.resolve("shard.tar");
        List<String> keys = List.of("ordner/größe/東京 🙂", "x".repeat(300), "a/" + "b".repeat(150));
        byte[] image = SampleFixtures.picture(1, 8, "png");
        SampleFixtures.writeShard(
                shard,
                keys.stream().map(key -> ImageTextSample.of(key, image, "text")).toList());

        assertEquals(
                keys,
                SampleFixtures.readShard(shard, new SkipLog()).stream()
                        .map(ImageTextSample::key)
                        .toList());
    }

    @Test
    void sameSamplesGiveTheSameBytes() throws IOException, InterruptedException {
        Path first = folder.resolve("first.tar");
        Path second = folder.resolve("second.tar");
        SampleFixtures.writeShard(first, SampleFixtures.samples(20, 9));
        Thread.sleep(1100); // tar keeps whole seconds: a time of writing would show
        SampleFixtures.writeShard(second, SampleFixtures.samples(20, 9));

        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    }

    @Test
    void leavesNothingWithoutCommit() throws IOException {
        Path shard = folder.resolve("shard.tar");
        Files.writeString(shard, "before");
        try (WebDatasetWriter writer = new WebDatasetWriter(shard)) {
            writer.write(SampleFixtures.samples(1, 1).get(0));
        }

        assertEquals("before", Files.readString(shard));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(shard), files.toList());
        }
    }

    @Test
    void commitReplacesTheShardAndLeavesNoTemporaryFile() throws IOException {
        Path shard = folder.resolve("shard.tar");
        Files.writeString(shard, "before");
        SampleFixtures.writeShard(shard, SampleFixtures.samples(2, 1));

        assertEquals(2, SampleFixtures.readShard(shard, new SkipLog()).size());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(shard), files.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "/a", "a/", "../a", "a/../b", ".a", "a\0b"})
    void refusesKeysThatWouldNotComeBack(String key) throws IOException {
        byte[] image = SampleFixtures.picture(1, 8, "png");
        try (WebDatasetWriter writer = new WebDatasetWriter(folder.resolve("shard.tar"))) {
            assertThrows(IllegalArgumentException.class, () -> writer.write(ImageTextSample.of(key, image, "text")));
        }
    }

    @Test
    void refusesWhatIsNoSample() throws IOException {
        byte[] image = SampleFixtures.picture(1, 8, "png");
        try (WebDatasetWriter writer = new WebDatasetWriter(folder.resolve("shard.tar"))) {
            writer.write(ImageTextSample.of("a", image, "text"));
            assertRefused(writer, ImageTextSample.of("a", image, "again"), "already");
            assertRefused(writer, ImageTextSample.of("b", image, " "), "empty caption");
            assertRefused(writer, ImageTextSample.of("c", new byte[] {1, 2, 3}, "text"), "not JPEG");
            assertRefused(writer, ImageTextSample.of("d", new byte[0], "text"), "not JPEG");
            writer.write(ImageTextSample.of("e", image, "text"));
            writer.commit();
        }
        assertEquals(
                2,
                SampleFixtures.readShard(folder.resolve("shard.tar"), new SkipLog())
                        .size());
    }

    private static void assertRefused(WebDatasetWriter writer, ImageTextSample sample, String word) {
        Exception error = assertThrows(IllegalArgumentException.class, () -> writer.write(sample));
        assertTrue(error.getMessage().contains(word), error.getMessage());
        assertTrue(error.getMessage().contains(sample.key()), error.getMessage());
    }
}
