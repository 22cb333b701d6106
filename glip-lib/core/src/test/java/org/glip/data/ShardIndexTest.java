package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of shards: what it says is what a pass finds, and it is used only while it fits. */
class ShardIndexTest {
    @TempDir
    Path folder;

    private Path data;
    private Path cache;
    private int made;

    @BeforeEach
    void makeFolders() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        cache = folder.resolve("cache");
    }

    private SampleSource open(Path... shards) throws IOException {
        return DataIndex.of(SampleSource.shards(List.of(shards)), cache, (done, all) -> made++);
    }

    private Path[] threeShards() throws IOException {
        Path[] shards = new Path[3];
        for (int i = 0; i < 3; i++) {
            shards[i] = data.resolve("s-" + i + ".tar");
            SampleFixtures.writeShard(shards[i], SampleFixtures.samples(4 + i, i));
        }
        return shards;
    }

    private Path indexFile() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(".glip-index"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static NumberedSamples numbered(SampleSource source) throws IOException {
        return source.numbered(0, new SampleOrder(0, SampleOrder.WHOLE)).orElseThrow();
    }

    private static void assertSameAsPass(SampleSource source) throws IOException {
        List<ImageTextSample> expected = SampleFixtures.list(source.open(new SkipLog(0)));
        NumberedSamples samples = numbered(source);
        assertEquals(expected.size(), samples.count());
        assertEquals(expected.size(), source.countSamples());
        for (int i = expected.size() - 1; i >= 0; i--) {
            ImageTextSample read = samples.read(i, new SkipLog(0));
            assertEquals(expected.get(i).key(), read.key());
            assertEquals(expected.get(i).caption(), read.caption());
            assertEquals(expected.get(i).metadata(), read.metadata());
            assertEquals(expected.get(i).origin(), read.origin());
            assertArrayEquals(expected.get(i).image(), read.image());
        }
    }

    /** Long names of both kinds, members out of order, of no sample or without a caption, folders, cut-off ends. */
    @Test
    void samplesReadByNumberAreThoseOfAPassWhateverTheShardHolds() throws IOException {
        SplittableRandom random = new SplittableRandom(12);
        for (int round = 0; round < 60; round++) {
            Path[] shards = new Path[1 + random.nextInt(3)];
            for (int i = 0; i < shards.length; i++) {
                byte[] tar = randomTar(random);
                int cut = random.nextInt(4) == 0 ? random.nextInt(tar.length) : tar.length;
                shards[i] = data.resolve(round + "-" + i + ".tar");
                Files.write(shards[i], Arrays.copyOf(tar, cut));
            }
            SampleSource source = open(shards);
            SkipLog skipped = new SkipLog(0);
            SampleFixtures.list(source.open(skipped));
            assertEquals(skipped.snapshot(), source.leftOut());
            assertSameAsPass(source);
            assertSameAsPass(open(shards));
        }
    }

    private static byte[] randomTar(SplittableRandom random) {
        RawTar tar = new RawTar(
                random.nextBoolean() ? TarArchiveOutputStream.LONGFILE_GNU : TarArchiveOutputStream.LONGFILE_POSIX);
        String[] kinds = {"jpg", "txt", "json", "mp4", "png", "JPG"};
        for (int sample = random.nextInt(12); sample > 0; sample--) {
            String key = random.nextInt(5) == 0 ? "ü".repeat(60 + random.nextInt(100)) + sample : "k" + sample;
            for (int member = 1 + random.nextInt(5); member > 0; member--) {
                String kind = kinds[random.nextInt(kinds.length)];
                byte[] content = kind.equals("json")
                        ? "{\"caption\": \"from json\"}".getBytes(StandardCharsets.UTF_8)
                        : "x".repeat(random.nextInt(3) * random.nextInt(1200)).getBytes(StandardCharsets.UTF_8);
                tar.add(key + "." + kind, content);
            }
            if (random.nextInt(6) == 0) {
                tar.add("README", "belongs to no sample");
            }
        }
        byte[] finished = tar.finish();
        return random.nextInt(4) == 0 && finished.length > 2048 ? RawTar.withoutEndMark(finished) : finished;
    }

    @Test
    void itIsMadeOnceAndAnewWhereAShardHasChanged() throws IOException {
        Path[] shards = threeShards();
        SampleSource source = open(shards);
        assertEquals(3, made);
        assertEquals(15, source.countSamples());
        assertEquals(source.fingerprint(), open(shards).fingerprint());
        assertEquals(3, made, "read the second time");
        SampleFixtures.writeShard(shards[1], SampleFixtures.samples(9, 5));
        SampleSource changed = open(shards);
        assertEquals(6, made);
        assertEquals(19, changed.countSamples());
        assertNotEquals(source.fingerprint(), changed.fingerprint());
        Files.setLastModifiedTime(shards[0], FileTime.fromMillis(1_000_000));
        assertEquals(changed.fingerprint(), open(shards).fingerprint());
        assertEquals(9, made);
        Files.delete(shards[2]);
        assertEquals(13, open(shards).countSamples());
        assertEquals(1, open(shards).leftOut().of(Reason.DAMAGED_SHARD));
    }

    @Test
    void otherShardsOfTheFolderHaveAnIndexOfTheirOwn() throws IOException {
        Path[] shards = threeShards();
        assertEquals(15, open(shards).countSamples());
        assertEquals(9, open(shards[0], shards[1]).countSamples());
        assertEquals(15, open(shards).countSamples());
        assertEquals(5, made);
    }

    @Test
    void anyDamageIsFoundAndTheIndexMadeAnew() throws IOException {
        Path[] shards = threeShards();
        var fingerprint = open(shards).fingerprint();
        byte[] good = Files.readAllBytes(indexFile());
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            byte[] bad = good.clone();
            if (round % 2 == 0) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            } else {
                bad = Arrays.copyOf(bad, random.nextInt(2 * bad.length));
            }
            if (Arrays.equals(bad, good)) {
                continue;
            }
            Files.write(indexFile(), bad);
            made = 0;
            assertEquals(fingerprint, open(shards).fingerprint());
            assertEquals(3, made, "round " + round);
            assertArrayEquals(good, Files.readAllBytes(indexFile()));
        }
    }

    /** With a checksum that fits, as nobody's disk would make it. */
    @Test
    void numbersThatLeadOutOfTheShardAreRefused() throws IOException {
        Path[] shards = threeShards();
        open(shards);
        Path file = indexFile();
        ShardIndex index = ShardIndexFile.read(file, "caption");
        for (int[] wrong : new int[][] {{Integer.MAX_VALUE, 1}, {0, Integer.MAX_VALUE}, {0, -1}, {-1, 2}}) {
            int[] starts = new int[index.samples()];
            int[] lengths = new int[index.samples()];
            starts[7] = wrong[0];
            lengths[7] = wrong[1];
            ShardIndexFile.write(file, "caption", new ShardIndex(index.shards(), starts, lengths));
            String message = assertThrows(IOException.class, () -> ShardIndexFile.read(file, "caption"))
                    .getMessage();
            assertTrue(message.contains(file.toString()) && message.contains("outside its shard"), message);
        }
        assertThrows(IOException.class, () -> ShardIndexFile.read(file, "label"));
    }

    @Test
    void compressedShardsAreCountedButNotReadByNumber() throws IOException {
        Path shard = data.resolve("packed.tar.gz");
        Path plain = data.resolve("plain.tar");
        SampleFixtures.writeShard(plain, SampleFixtures.samples(4, 1));
        Files.write(shard, RawTar.gzip(Files.readAllBytes(plain)));
        SampleSource source = open(plain, shard);
        assertEquals(8, source.countSamples());
        String message = assertThrows(IOException.class, () -> numbered(source)).getMessage();
        assertTrue(message.contains("packed.tar.gz") && message.contains("unpack it"), message);
    }

    @Test
    void anIndexIsUsedWhereThereIsOneAndElseNotMade() throws IOException {
        SampleSource source = SampleSource.shards(List.of(threeShards()));
        SampleOrder order = new SampleOrder(0, SampleOrder.WHOLE);
        assertTrue(DataIndex.ifMade(source, cache).numbered(0, order).isEmpty());
        SampleSource made = DataIndex.of(source, cache, (shards, all) -> {});
        SampleSource known = DataIndex.ifMade(source, cache);
        assertFalse(known.numbered(0, order).isEmpty());
        assertEquals(made.fingerprint(), known.fingerprint());
    }

    @Test
    void shardsWithLinksAreNotReadByNumber() throws IOException {
        Path shard = data.resolve("links.tar");
        RawTar tar = new RawTar().add("a.jpg", "picture").add("a.txt", "one");
        Files.write(shard, tar.link("b.jpg", "a.jpg", false).add("b.txt", "two").finish());
        SampleSource source = open(shard);
        assertEquals(2, source.countSamples());
        assertTrue(assertThrows(IOException.class, () -> numbered(source))
                .getMessage()
                .contains("link"));
    }

    @Test
    void aShardThatChangesAfterwardsIsAnErrorThatNamesIt() throws IOException {
        Path[] shards = threeShards();
        NumberedSamples samples = numbered(open(shards));
        SampleFixtures.writeShard(shards[1], SampleFixtures.samples(9, 5));
        assertTrue(assertThrows(IOException.class, () -> samples.read(5, new SkipLog(0)))
                .getMessage()
                .contains("s-1.tar has changed"));
        byte[] bytes = Files.readAllBytes(shards[0]);
        Arrays.fill(bytes, 0, 3000, (byte) 7);
        Files.write(shards[0], bytes);
        SkipLog skipped = new SkipLog(0);
        assertEquals(null, samples.read(0, skipped));
        assertEquals(1, skipped.count());
    }

    @Test
    void whereItCannotBeWrittenBesideTheShardsTheCacheKeepsIt() throws IOException {
        Path[] shards = threeShards();
        open(shards);
        Path file = indexFile();
        Files.delete(file);
        Files.createFile(Files.createDirectory(file).resolve("in the way"));
        open(shards);
        open(shards);
        assertEquals(6, made);
        try (Stream<Path> files = Files.list(cache)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void sourcesThatKnowTheirSamplesNeedNoIndex() throws IOException {
        SampleSource source = SampleSource.inMemory(SampleFixtures.samples(3, 1));
        assertEquals(source, DataIndex.of(source, cache, (done, all) -> made++));
        assertFalse(source.numbered(0, new SampleOrder(0, SampleOrder.WHOLE)).isEmpty());
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            found.add(Integer.parseInt(numbered(source).read(i, new SkipLog(0)).key()));
        }
        assertEquals(List.of(0, 1, 2), found);
    }
}
