package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebDatasetSourceTest {
    private static final int SHARDS = 5;
    private static final int SAMPLES = 23;

    @TempDir
    Path folder;

    private final SkipLog skipped = new SkipLog();
    private SampleSource source;

    @BeforeEach
    void writeShards() throws IOException {
        List<ImageTextSample> samples = SampleFixtures.samples(SAMPLES, 11);
        for (int shard = 0; shard < SHARDS; shard++) {
            int from = SAMPLES * shard / SHARDS;
            int to = SAMPLES * (shard + 1) / SHARDS;
            SampleFixtures.writeShard(folder.resolve("s-" + shard + ".tar"), samples.subList(from, to));
        }
        source = SampleSource.shards(folder + "/s-{0..4}.tar");
    }

    private List<String> keys(long epoch, SampleOrder order) throws IOException {
        return SampleFixtures.keys(source.open(epoch, order, skipped));
    }

    private static List<String> storedKeys() {
        return SampleFixtures.samples(SAMPLES, 11).stream()
                .map(ImageTextSample::key)
                .toList();
    }

    @Test
    void keepsTheStoredOrderWithoutShuffling() throws IOException {
        assertEquals(storedKeys(), keys(0, SampleOrder.asStored()));
        assertEquals(storedKeys(), keys(7, new SampleOrder(99, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 23, 1000})
    void everyEpochHoldsEverySampleOnce(int buffer) throws IOException {
        for (long epoch = 0; epoch < 4; epoch++) {
            List<String> keys = new ArrayList<>(keys(epoch, new SampleOrder(3, buffer)));
            keys.sort(null);
            assertEquals(storedKeys(), keys);
        }
    }

    @Test
    void theOrderDependsOnSeedAndEpochOnly() throws IOException {
        List<String> order = keys(2, new SampleOrder(3, 8));
        assertEquals(order, keys(2, new SampleOrder(3, 8)));
        assertNotEquals(order, keys(3, new SampleOrder(3, 8)));
        assertNotEquals(order, keys(2, new SampleOrder(4, 8)));
    }

    @Test
    void aBufferOfOneShufflesTheShardsOnly() throws IOException {
        List<String> keys = keys(1, new SampleOrder(3, 1));
        assertNotEquals(storedKeys(), keys);
        long breaks = 0;
        for (int i = 1; i < keys.size(); i++) {
            breaks += Integer.parseInt(keys.get(i)) == Integer.parseInt(keys.get(i - 1)) + 1 ? 0 : 1;
        }
        assertTrue(breaks < SHARDS, "places where the stored order breaks: " + breaks);
    }

    @Test
    void countsTheSamplesOfAllShards() throws IOException {
        assertEquals(SAMPLES, source.countSamples());
        assertTrue(source.describe().startsWith("5 webdataset shards")
                && source.describe().endsWith("s-4.tar"));
    }

    @Test
    void aShardThatDisappearsIsNamedAndTheOthersAreRead() throws IOException {
        Files.delete(folder.resolve("s-3.tar"));
        List<String> keys = keys(0, SampleOrder.asStored());
        assertEquals(SAMPLES - 5, keys.size());
        assertEquals(SAMPLES - 5, source.countSamples());
        assertEquals(Map.of(Reason.DAMAGED_SHARD, 1L), skipped.counts());
        assertTrue(skipped.messages().get(0).contains("s-3.tar: damaged shard (it does not exist"));
    }

    @Test
    void refusesNoShards() {
        assertThrows(IllegalArgumentException.class, () -> SampleSource.shards(List.of()));
        assertThrows(IllegalArgumentException.class, SampleSource::shards);
        assertThrows(IllegalArgumentException.class, () -> new SampleOrder(1, -1));
    }

    @Test
    void shardsAreKnownAgainElsewhereByTheirNamesAndSizes() throws IOException {
        Optional<String> here = source.fingerprint();
        assertTrue(here.isPresent());
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        for (int shard = 0; shard < SHARDS; shard++) {
            Files.copy(folder.resolve("s-" + shard + ".tar"), elsewhere.resolve("s-" + shard + ".tar"));
        }
        assertEquals(here, SampleSource.shards(elsewhere + "/s-*.tar").fingerprint());
        assertNotEquals(here, SampleSource.shards(elsewhere + "/s-{0..3}.tar").fingerprint(), "one less");
        Files.write(elsewhere.resolve("s-4.tar"), new byte[512], StandardOpenOption.APPEND);
        assertNotEquals(here, SampleSource.shards(elsewhere + "/s-*.tar").fingerprint(), "one larger");
        assertEquals(
                Optional.empty(),
                SampleSource.inMemory(SampleFixtures.samples(2, 1)).fingerprint());
    }
}
