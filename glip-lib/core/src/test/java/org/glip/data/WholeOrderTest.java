package org.glip.data;

import static org.glip.data.LoaderFixtures.TOKENIZER;
import static org.glip.data.LoaderFixtures.assertSame;
import static org.glip.data.LoaderFixtures.config;
import static org.glip.data.LoaderFixtures.loader;
import static org.glip.data.LoaderFixtures.samplesWithBroken;
import static org.glip.data.LoaderFixtures.take;
import static org.glip.data.SampleOrder.WHOLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An order over all samples: each comes once an epoch, anywhere; any place can be gone to. */
@Timeout(120)
class WholeOrderTest {
    @TempDir
    Path folder;

    private SampleSource shards(int count, Integer... broken) throws IOException {
        List<ImageTextSample> samples = samplesWithBroken(count, broken);
        List<Path> files = new ArrayList<>();
        for (int shard = 0; shard < 3; shard++) {
            RawTar tar = new RawTar();
            for (ImageTextSample sample : samples.subList(count * shard / 3, count * (shard + 1) / 3)) {
                tar.add(sample.key() + ".png", sample.image()).add(sample.key() + ".txt", sample.caption());
            }
            files.add(Files.write(folder.resolve(count + "-" + shard + ".tar"), tar.finish()));
        }
        return DataIndex.of(SampleSource.shards(files), folder.resolve("cache"), (done, all) -> {});
    }

    @Test
    void everyEpochHoldsEverySampleOnceInAnOrderOfItsOwn() throws IOException {
        SampleSource source = shards(24);
        List<List<String>> orders = new ArrayList<>();
        try (BatchLoader loader = loader(source, config(8, WHOLE, 2))) {
            for (int epoch = 0; epoch < 4; epoch++) {
                List<String> keys = take(loader, 3).stream()
                        .flatMap(batch -> batch.keys().stream())
                        .toList();
                assertEquals(24, keys.stream().distinct().count());
                orders.add(keys);
            }
        }
        assertEquals(4, orders.stream().distinct().count());
        List<String> shardsOfABatch = orders.get(0).subList(0, 8).stream()
                .map(key -> "" + Integer.parseInt(key) / 8)
                .collect(Collectors.toSet())
                .stream()
                .toList();
        assertTrue(shardsOfABatch.size() > 1, "a batch is drawn from all shards: " + shardsOfABatch);
    }

    /** Shares, workers, resumed positions and bad pictures, from shards and from a list: always the same batches. */
    @Test
    void batchesAreTheSameWhateverTheSharesWorkersAndPosition() throws IOException {
        SplittableRandom random = new SplittableRandom(77);
        for (int round = 0; round < 8; round++) {
            int count = 13 + 10 * round + random.nextInt(10);
            Integer[] broken =
                    random.ints(random.nextInt(count / 2), 1, count).boxed().toArray(Integer[]::new);
            SampleSource source =
                    round % 2 == 0 ? shards(count, broken) : SampleSource.inMemory(samplesWithBroken(count, broken));
            int batchSize = 4 * (1 + random.nextInt(3));
            List<Batch> expected;
            try (BatchLoader whole = loader(source, config(batchSize, WHOLE, 3))) {
                expected = take(whole, 14);
            }
            int before = 1 + random.nextInt(9);
            StreamPosition start = expected.get(before - 1).end();
            List<Batch> following = expected.subList(before, before + 5);
            try (BatchLoader resumed = new BatchLoader(source, TOKENIZER, config(batchSize, WHOLE, 1), start)) {
                following.forEach(batch -> assertSame(batch, resumed.next()));
            }
            for (int parts : new int[] {2, 4}) {
                BatchShareTest.assertPartsAre(following, source, start, batchSize, WHOLE, parts);
            }
        }
    }

    @Test
    void theOrderIsTheSameOverShardsAndInMemory() throws IOException {
        try (BatchLoader tars = loader(shards(30), config(7, WHOLE, 1));
                BatchLoader memory = loader(SampleSource.inMemory(samplesWithBroken(30)), config(7, WHOLE, 1))) {
            assertEquals(memory.next().keys(), tars.next().keys());
        }
    }

    @Test
    void goingToTheMiddleReadsNothingBefore() {
        AtomicInteger read = new AtomicInteger();
        SampleSource source = counting(3_000_000, read);
        StreamPosition middle = new StreamPosition(5, 1_500_000, 16_500_000);
        try (BatchLoader loader = new BatchLoader(source, TOKENIZER, config(4, WHOLE, 1), middle)) {
            assertEquals(16_500_000, loader.next().firstSampleIndex());
        }
        assertTrue(read.get() <= 12, "read: " + read);
    }

    @Test
    void onlyTheOwnRowsAreRead() {
        AtomicInteger read = new AtomicInteger();
        LoaderConfig config = config(40, WHOLE, 1, new BatchShare(1, 4));
        try (BatchLoader loader = loader(counting(1000, read), config)) {
            take(loader, 2);
        }
        assertTrue(read.get() <= 40, "read: " + read);
    }

    private static SampleSource counting(int count, AtomicInteger read) {
        ImageTextSample sample = SampleFixtures.samples(1, 1).get(0);
        NumberedSamples samples = NumberedSamples.of(count, (number, skipped) -> {
            read.incrementAndGet();
            return sample;
        });
        return new ByNumber(samples);
    }

    /** A source that can be read by number only. */
    private record ByNumber(NumberedSamples samples) implements SampleSource {
        @Override
        public Pass open(long epoch, SampleOrder order, SkipLog skipped) {
            throw new AssertionError("not one after the other");
        }

        @Override
        public Optional<NumberedSamples> numbered(long epoch, SampleOrder order) {
            return Optional.of(samples);
        }

        @Override
        public long countSamples() {
            return samples.count();
        }

        @Override
        public String describe() {
            return "numbered samples";
        }
    }

    @Test
    void bothOrdersCountBadPicturesAlike() throws IOException {
        for (int buffer : new int[] {0, WHOLE}) {
            try (BatchLoader loader = loader(shards(30, 4, 5, 6), config(10, buffer, 2))) {
                SkipCounts skipped = take(loader, 6).get(5).end().skipped();
                assertEquals(6, skipped.of(Reason.UNDECODABLE_IMAGE));
                assertEquals(new BadShare(6, 60, 100), loader.badShare());
            }
        }
    }

    @Test
    void aMissingFileOfATableShiftsNothing() throws IOException {
        StringBuilder rows = new StringBuilder("filepath\ttitle\n");
        for (int i = 0; i < 12; i++) {
            Path picture = folder.resolve(i + ".png");
            if (i != 4) {
                Files.write(picture, SampleFixtures.picture(i, 8, "png"));
            }
            rows.append(picture).append("\tcaption ").append(i).append('\n');
        }
        Path table = Files.writeString(folder.resolve("pairs.tsv"), rows);
        SampleSource source = SampleSource.csv(table, '\t', "filepath", "title");
        try (BatchLoader loader = loader(source, config(12, WHOLE, 2))) {
            Batch batch = loader.next();
            assertEquals(11, batch.keys().stream().distinct().count());
            assertEquals(1, batch.end().skipped().of(Reason.MISSING_FILE));
            assertEquals(new BadShare(1, 12, 100), loader.badShare());
        }
    }

    @Test
    void aSourceThatCannotBeReadByNumberIsAClearError() throws IOException {
        SampleSource source = SampleSource.shards(List.of(folder.resolve("x.tar")));
        try (BatchLoader loader = loader(source, config(2, WHOLE, 1))) {
            String message =
                    assertThrows(UncheckedIOException.class, loader::next).getMessage();
            assertTrue(message.contains("x.tar cannot be read by number"), message);
        }
    }

    @Test
    void aPositionBeyondTheDataIsAClearError() throws IOException {
        StreamPosition beyond = new StreamPosition(1, 31, 61);
        try (BatchLoader loader = new BatchLoader(shards(30), TOKENIZER, config(4, WHOLE, 1), beyond)) {
            String message =
                    assertThrows(UncheckedIOException.class, loader::next).getMessage();
            assertTrue(message.contains("only 30 usable samples"), message);
        }
    }
}
