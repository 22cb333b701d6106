package org.glip.data;

import static org.glip.data.LoaderFixtures.TOKENIZER;
import static org.glip.data.LoaderFixtures.assertSame;
import static org.glip.data.LoaderFixtures.config;
import static org.glip.data.LoaderFixtures.loader;
import static org.glip.data.LoaderFixtures.samplesWithBroken;
import static org.glip.data.LoaderFixtures.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.glip.data.LoaderFixtures.FingerprintTransform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchLoaderResumeTest {
    @TempDir
    Path folder;

    private SampleSource shards() throws IOException {
        List<ImageTextSample> samples = samplesWithBroken(57, 3, 20, 21, 22, 40, 56);
        for (int shard = 0; shard < 3; shard++) {
            SampleFixtures.writeShard(
                    folder.resolve("s-" + shard + ".tar"), samples.subList(19 * shard, 19 * (shard + 1)));
        }
        return SampleSource.shards(folder + "/s-{0..2}.tar");
    }

    @Test
    void aResumedRunGivesTheBatchesOfAnUninterruptedOne() throws IOException {
        SampleSource source = shards();
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 25; round++) {
            int batchSize = 1 + random.nextInt(9);
            int shuffleBuffer = random.nextInt(3) * random.nextInt(30);
            int before = 1 + random.nextInt(30);
            List<Batch> expected;
            try (BatchLoader whole = loader(source, config(batchSize, shuffleBuffer, 1 + random.nextInt(3)))) {
                expected = take(whole, before + 6);
            }
            StreamPosition position = expected.get(before - 1).end();
            LoaderConfig config = config(batchSize, shuffleBuffer, 1 + random.nextInt(3));
            try (BatchLoader resumed = new BatchLoader(source, TOKENIZER, config, position)) {
                for (Batch batch : expected.subList(before, before + 6)) {
                    assertSame(batch, resumed.next());
                }
            }
        }
    }

    @Test
    void nothingIsDecodedBeforeThePosition() {
        SampleSource source = new InMemorySource(SampleFixtures.samples(500, 3));
        FingerprintTransform transform = new FingerprintTransform();
        LoaderConfig config = LoaderConfig.builder()
                .setBatchSize(2)
                .setContextLength(8)
                .setTransform(transform)
                .optWorkers(1)
                .optSeed(1)
                .build();
        try (BatchLoader loader = new BatchLoader(source, TOKENIZER, config, new StreamPosition(3, 490, 1990))) {
            assertEquals(List.of("000490", "000491"), loader.next().keys());
        }
        assertTrue(transform.calls.get() <= 10, "decoded: " + transform.calls);
    }

    @Test
    void aPositionAtTheEndOfAnEpochGoesOnWithTheNext() {
        SampleSource source = new InMemorySource(SampleFixtures.samples(4, 3));
        try (BatchLoader whole = loader(source, config(4, 2, 1))) {
            List<Batch> expected = take(whole, 2);
            assertEquals(new StreamPosition(0, 4, 4), expected.get(0).end());
            try (BatchLoader resumed = new BatchLoader(
                    source, TOKENIZER, config(4, 2, 1), expected.get(0).end())) {
                assertSame(expected.get(1), resumed.next());
            }
        }
    }

    @Test
    void aPositionBeyondTheDataIsAClearError() {
        SampleSource source = new InMemorySource(SampleFixtures.samples(4, 3));
        StreamPosition beyond = new StreamPosition(1, 5, 9);
        try (BatchLoader loader = new BatchLoader(source, TOKENIZER, config(4, 0, 1), beyond)) {
            String message =
                    assertThrows(UncheckedIOException.class, loader::next).getMessage();
            assertTrue(message.contains("sample 5 of epoch 1") && message.contains("only 4"), message);
        }
    }
}
