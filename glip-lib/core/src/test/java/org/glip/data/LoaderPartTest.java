package org.glip.data;

import static org.glip.data.LoaderFixtures.TOKENIZER;
import static org.glip.data.LoaderFixtures.config;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.glip.parts.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batches of a single epoch, made in parts: whatever their number, those of the whole, to the last byte. */
class LoaderPartTest {
    private static final int BATCH = 4;

    @TempDir
    Path folder;

    private static void expectPartsOfTheWhole(SampleSource whole, SampleSource indexed) throws IOException {
        List<Batch> expected = new ArrayList<>();
        SkipCounts skipped;
        try (BatchLoader loader = BatchLoader.singleEpoch(whole, TOKENIZER, config(BATCH, 0, 2))) {
            loader.forEachRemaining(expected::add);
            skipped = new SkipCounts(loader.skipped().counts());
        }
        assertTrue(skipped.total() > 0, "something is bad");
        long samples = indexed.countSamples();
        for (int parts : new int[] {1, 2, 3, 5, 40}) {
            List<Batch> found = new ArrayList<>();
            SkipCounts sum = indexed.leftOut();
            for (Part part : Part.all(parts)) {
                SampleRange range = part.of(samples, BATCH);
                if (range.isEmpty()) {
                    continue;
                }
                try (BatchLoader loader = BatchLoader.part(indexed, TOKENIZER, config(BATCH, 0, 1), range)) {
                    loader.forEachRemaining(found::add);
                    sum = sum.plus(new SkipCounts(loader.skipped().counts()));
                }
            }
            assertEquals(expected.size(), found.size(), parts + " parts");
            for (int i = 0; i < expected.size(); i++) {
                expectSame(expected.get(i), found.get(i));
            }
            assertEquals(skipped, sum, parts + " parts");
        }
    }

    private static void expectSame(Batch expected, Batch found) {
        assertEquals(expected.keys(), found.keys());
        assertEquals(expected.captions(), found.captions());
        assertEquals(expected.metadata(), found.metadata());
        assertEquals(expected.firstSampleIndex(), found.firstSampleIndex());
        for (int row = 0; row < expected.size(); row++) {
            assertArrayEquals(expected.pixels().get(row), found.pixels().get(row));
        }
    }

    private SampleSource indexed(SampleSource source) throws IOException {
        return DataIndex.of(source, folder.resolve("cache"), (shards, all) -> {});
    }

    /** Three shards of 15, with bad pictures and captions; the second is cut. */
    private byte[][] shards() throws IOException {
        byte[][] shards = new byte[3][];
        for (int shard = 0; shard < 3; shard++) {
            RawTar tar = new RawTar();
            for (int i = 0; i < 15; i++) {
                byte[] picture = i % 6 == 1 ? new byte[] {1, 2} : SampleFixtures.picture(i, 8, "png");
                tar.add(shard + "-" + i + ".png", picture).add(shard + "-" + i + ".txt", i == 7 ? " " : "text " + i);
            }
            byte[] content = tar.finish();
            shards[shard] = shard == 1 ? Arrays.copyOf(content, 10_300) : content;
        }
        return shards;
    }

    @Test
    void ofShards() throws IOException {
        byte[][] shards = shards();
        for (int shard = 0; shard < shards.length; shard++) {
            Files.write(folder.resolve("s-" + shard + ".tar"), shards[shard]);
        }
        SampleSource source = SampleSource.shards(folder + "/s-{0..2}.tar");
        expectPartsOfTheWhole(source, indexed(source));
    }

    @Test
    void ofCompressedShards() throws IOException {
        byte[][] shards = shards();
        for (int shard = 0; shard < shards.length; shard++) {
            try (OutputStream out =
                    new GZIPOutputStream(Files.newOutputStream(folder.resolve("s-" + shard + ".tar.gz")))) {
                out.write(shards[shard]);
            }
        }
        SampleSource source = SampleSource.shards(folder + "/s-{0..2}.tar.gz");
        expectPartsOfTheWhole(source, indexed(source));
    }

    @Test
    void ofATableWhosePicturesAreNotAllThere() throws IOException {
        StringBuilder rows = new StringBuilder("filepath,title\n");
        for (int i = 0; i < 22; i++) {
            if (i % 5 != 2) {
                Files.write(
                        folder.resolve(i + ".png"), i % 7 == 3 ? new byte[] {9} : SampleFixtures.picture(i, 8, "png"));
            }
            rows.append(i).append(".png,").append(i == 9 ? "" : "text " + i).append('\n');
        }
        Path table = Files.writeString(folder.resolve("t.csv"), rows.toString());
        SampleSource source = SampleSource.csv(table, ',', "filepath", "title");
        expectPartsOfTheWhole(source, indexed(source));
    }

    @Test
    void ofABatchWithoutAnyPicture() throws IOException {
        Integer[] broken = {0, 1, 2, 3, 9, 12, 13, 14, 15, 16};
        SampleSource source = SampleSource.inMemory(LoaderFixtures.samplesWithBroken(17, broken));
        expectPartsOfTheWhole(source, source);
    }

    @Test
    void aPartBeginsWithABatch() {
        SampleSource source = SampleSource.inMemory(SampleFixtures.samples(9, 21));
        assertThrows(
                IllegalArgumentException.class,
                () -> BatchLoader.part(source, TOKENIZER, config(BATCH, 0, 1), new SampleRange(2, 9)));
    }
}
