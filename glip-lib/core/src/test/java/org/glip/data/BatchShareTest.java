package org.glip.data;

import static org.glip.data.LoaderFixtures.TOKENIZER;
import static org.glip.data.LoaderFixtures.config;
import static org.glip.data.LoaderFixtures.samplesWithBroken;
import static org.glip.data.LoaderFixtures.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.glip.data.LoaderFixtures.FingerprintTransform;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes get the parts of the batches that one process gets, with bad pictures among them too. */
@Timeout(120)
class BatchShareTest {
    private static final int PARTS = 4;

    @TempDir
    Path folder;

    @Test
    void partsAreTheRowsOfTheWholeFromAnyPositionWithBadPictures() {
        SplittableRandom random = new SplittableRandom(31);
        for (int round = 0; round < 12; round++) {
            int count = 3 + random.nextInt(60);
            Integer[] broken =
                    random.ints(random.nextInt(count), 1, count).boxed().toArray(Integer[]::new);
            SampleSource source = new InMemorySource(samplesWithBroken(count, broken));
            int batchSize = PARTS * (1 + random.nextInt(4));
            int shuffle = random.nextInt(3) * random.nextInt(20);
            List<Batch> expected;
            try (BatchLoader whole = LoaderFixtures.loader(source, config(batchSize, shuffle, 2))) {
                expected = take(whole, 12);
            }
            int before = random.nextInt(8);
            StreamPosition start = before == 0
                    ? StreamPosition.START
                    : expected.get(before - 1).end();
            for (int parts : new int[] {2, PARTS}) {
                assertPartsAre(expected.subList(before, before + 4), source, start, batchSize, shuffle, parts);
            }
        }
    }

    static void assertPartsAre(
            List<Batch> expected, SampleSource source, StreamPosition start, int batchSize, int shuffle, int parts) {
        List<SkipCounts> counts = new ArrayList<>();
        expected.forEach(batch -> counts.add(SkipCounts.NONE));
        int rows = batchSize / parts;
        for (int part = 0; part < parts; part++) {
            LoaderConfig config = config(batchSize, shuffle, 1 + part % 3, new BatchShare(part, parts));
            try (BatchLoader loader = new BatchLoader(source, TOKENIZER, config, start)) {
                for (int i = 0; i < expected.size(); i++) {
                    Batch own = loader.next();
                    assertEquals(rows, own.size());
                    assertRows(expected.get(i), own, part * rows);
                    counts.set(i, counts.get(i).plus(own.end().skipped()));
                }
            }
        }
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).end().skipped(), counts.get(i), "each is counted once");
        }
    }

    private static void assertRows(Batch whole, Batch part, int firstRow) {
        assertEquals(whole.firstSampleIndex() + firstRow, part.firstSampleIndex());
        assertEquals(whole.end().with(SkipCounts.NONE), part.end().with(SkipCounts.NONE));
        int lastRow = firstRow + part.size();
        assertEquals(whole.keys().subList(firstRow, lastRow), part.keys());
        assertEquals(whole.captions().subList(firstRow, lastRow), part.captions());
        for (int row = firstRow; row < lastRow; row++) {
            assertTrue(Arrays.equals(whole.pixels().get(row), part.pixels().get(row - firstRow)));
            LoaderFixtures.assertSame(whole.tokens().get(row), part.tokens().get(row - firstRow));
        }
    }

    /** What the source leaves out, such as an empty caption, all processes meet, and the first counts. */
    @Test
    void whatTheSourceLeavesOutIsCountedOnce() throws IOException {
        RawTar tar = new RawTar();
        for (int i = 0; i < 40; i++) {
            tar.add(i + ".png", i % 9 == 3 ? new byte[] {1, 2} : SampleFixtures.picture(i, 8, "png"))
                    .add(i + ".txt", i % 10 == 7 ? " " : "text " + i);
        }
        Path shard = folder.resolve("a.tar");
        Files.write(shard, tar.finish());
        SampleSource source = SampleSource.shards(List.of(shard));
        List<Batch> expected;
        try (BatchLoader whole = LoaderFixtures.loader(source, config(8, 5, 2))) {
            expected = take(whole, 20);
        }
        SkipCounts last = expected.get(19).end().skipped();
        assertTrue(last.of(Reason.EMPTY_CAPTION) > 8 && last.of(Reason.UNDECODABLE_IMAGE) > 8, last.summary());
        assertPartsAre(expected.subList(0, 10), source, StreamPosition.START, 8, 5, 2);
        assertPartsAre(expected.subList(10, 20), source, expected.get(9).end(), 8, 5, 4);
    }

    @Test
    void onlyTheOwnRowsAreDecoded() {
        FingerprintTransform transform = new FingerprintTransform();
        LoaderConfig config = LoaderConfig.builder()
                .setBatchSize(8)
                .setContextLength(8)
                .setTransform(transform)
                .optWorkers(1)
                .optShare(new BatchShare(3, 4))
                .build();
        SampleSource source = new InMemorySource(SampleFixtures.samples(500, 3));
        try (BatchLoader loader = new BatchLoader(source, TOKENIZER, config, StreamPosition.START)) {
            assertEquals(List.of("000006", "000007"), take(loader, 1).get(0).keys());
            assertEquals(List.of("000038", "000039"), take(loader, 4).get(3).keys());
        }
        assertTrue(transform.calls.get() <= 12, "decoded: " + transform.calls);
    }

    @Test
    void everyProcessFindsOutThatNoPictureDecodes() {
        SampleSource source = new InMemorySource(samplesWithBroken(3, 0, 1, 2));
        for (int part = 0; part < 2; part++) {
            try (BatchLoader loader = LoaderFixtures.loader(source, config(2, 0, 1, new BatchShare(part, 2)))) {
                String message =
                        assertThrows(UncheckedIOException.class, loader::next).getMessage();
                assertTrue(message.contains("No picture"), message);
            }
        }
    }

    @Test
    void refusesSharesThatMeanNothing() {
        for (int[] wrong : new int[][] {{0, 0}, {2, 2}, {-1, 3}}) {
            assertThrows(IllegalArgumentException.class, () -> new BatchShare(wrong[0], wrong[1]));
        }
        String message = assertThrows(IllegalArgumentException.class, () -> config(10, 0, 1, new BatchShare(0, 4)))
                .getMessage();
        assertTrue(message.contains("10") && message.contains("4"), message);
        SampleSource source = new InMemorySource(SampleFixtures.samples(4, 3));
        LoaderConfig half = config(4, 0, 1, new BatchShare(0, 2));
        assertThrows(IllegalArgumentException.class, () -> BatchLoader.singleEpoch(source, TOKENIZER, half));
    }
}
