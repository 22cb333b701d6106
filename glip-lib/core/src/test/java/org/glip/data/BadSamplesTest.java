package org.glip.data;

import static org.glip.data.LoaderFixtures.CONTEXT;
import static org.glip.data.LoaderFixtures.TOKENIZER;
import static org.glip.data.LoaderFixtures.assertSame;
import static org.glip.data.LoaderFixtures.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.glip.data.LoaderFixtures.FingerprintTransform;
import org.glip.data.SkipLog.Reason;
import org.glip.files.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is bad is counted in the order of the stream, remembered, and limited. */
@Timeout(60)
class BadSamplesTest {
    @TempDir
    Path folder;

    private static LoaderConfig config(int batch, int shuffle, int workers, double maxBad) {
        return LoaderConfig.builder()
                .setBatchSize(batch)
                .setContextLength(CONTEXT)
                .setTransform(new FingerprintTransform())
                .optShuffleBuffer(shuffle)
                .optWorkers(workers)
                .optMaxBadPercent(maxBad)
                .build();
    }

    private static BatchLoader loader(SampleSource source, LoaderConfig config) {
        return new BatchLoader(source, TOKENIZER, config, StreamPosition.START);
    }

    /** Samples of which the first ones do not decode. */
    private static SampleSource inMemory(int samples, int broken) {
        Integer[] numbers = new Integer[broken];
        Arrays.setAll(numbers, i -> i * samples / Math.max(1, broken));
        return SampleSource.inMemory(LoaderFixtures.samplesWithBroken(samples, numbers));
    }

    /** Shards of 20, of which the second is cut in the middle, with bad captions in the others. */
    private SampleSource shards() throws IOException {
        for (int shard = 0; shard < 3; shard++) {
            RawTar tar = new RawTar();
            for (int i = 0; i < 20; i++) {
                String caption = i == 7 ? " " : "text " + i;
                tar.add(shard + "-" + i + ".png", i == 12 ? new byte[] {1, 2} : SampleFixtures.picture(i, 8, "png"))
                        .add(shard + "-" + i + ".txt", caption);
            }
            byte[] content = tar.finish();
            Path file = folder.resolve("cut-000" + shard + ".tar");
            Files.write(file, shard == 1 ? Arrays.copyOf(content, 10_300) : content);
        }
        return SampleSource.shards(folder + "/cut-{0000..0002}.tar");
    }

    @Test
    void aTruncatedShardIsCountedAndNamedAndTheRunGoesOn() throws IOException {
        try (BatchLoader loader = loader(shards(), config(4, 0, 2, 100))) {
            take(loader, 30);
            SkipLog skipped = loader.skipped();
            assertEquals(3, skipped.count(Reason.DAMAGED_SHARD), skipped::summary);
            List<String> told = skipped.messages().stream()
                    .filter(message -> message.contains("damaged shard"))
                    .toList();
            assertEquals(1, told.size(), "once a shard: " + told);
            assertTrue(told.get(0).contains("cut-0001.tar: damaged shard (truncated: "));
        }
    }

    /** The counts are a function of the place in the stream: not of workers, of timing, or of where a run went on. */
    @Test
    void countsAreThoseOfAnUninterruptedRunWhateverTheWorkers() throws IOException {
        SampleSource source = shards();
        for (int shuffle : new int[] {0, 5, 100}) {
            List<Batch> expected;
            try (BatchLoader whole = loader(source, config(3, shuffle, 1, 100))) {
                expected = take(whole, 40);
            }
            for (int before = 1; before < 35; before += 3) {
                StreamPosition position = StreamPosition.read(
                        Json.parse(expected.get(before - 1).end().toJson().toString(), "state"));
                assertEquals(expected.get(before - 1).end(), position);
                LoaderConfig config = config(3, shuffle, 4, 100);
                try (BatchLoader resumed = new BatchLoader(source, TOKENIZER, config, position)) {
                    assertEquals(position.skipped().total(), resumed.skipped().count());
                    for (Batch batch : expected.subList(before, before + 5)) {
                        assertSame(batch, resumed.next());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100, 6, 5, true",
        "100, 5, 5, false",
        "100, 97, 5, true",
        "100, 97, 96.9, true",
        "100, 97, 97, false",
        "100, 97, 100, false",
        "12, 1, 5, true",
        "12, 1, 10, false",
        "30, 1, 0, true",
        "30, 0, 0, false",
    })
    void aPassWithMoreThanTheAllowedPartIsStoppedAtItsEnd(int samples, int bad, double most, boolean stops) {
        try (BatchLoader loader = loader(inMemory(samples, bad), config(1, 0, 2, most))) {
            if (stops) {
                String message = assertThrows(UncheckedIOException.class, () -> take(loader, samples - bad + 1))
                        .getMessage();
                assertTrue(message.contains(bad + " of ") && message.contains("samples are bad ("), message);
                assertTrue(message.contains("(--max-bad)") && message.contains("first: memory!000000"), message);
                assertEquals(
                        message,
                        assertThrows(UncheckedIOException.class, loader::next).getMessage());
            } else {
                take(loader, 3 * (samples - bad));
                assertFalse(loader.badShare().isTooLarge());
            }
        }
    }

    @Test
    void aHopelessPassIsStoppedBeforeItsEnd() {
        try (BatchLoader loader = loader(inMemory(2000, 1900), config(1, 0, 2, 5))) {
            assertThrows(UncheckedIOException.class, () -> take(loader, 20));
            assertEquals(100, loader.badShare().met());
        }
    }

    @Test
    void aSingleEpochOnlyWarns() {
        try (BatchLoader loader = BatchLoader.singleEpoch(inMemory(20, 15), TOKENIZER, config(2, 0, 1, 5))) {
            assertEquals(
                    List.of(1, 1, 1, 1, 1),
                    take(loader, 5).stream().map(Batch::size).toList());
            assertFalse(loader.hasNext());
            assertTrue(loader.badShare().isNotable());
        }
    }

    /** Of three shards, one is a third, which no small limit would allow; of a hundred bad ones, the first is. */
    @Test
    void oneDamagedShardAPassIsForgiven() {
        SkipCounts one = new SkipCounts(Map.of(Reason.DAMAGED_SHARD, 1L));
        assertEquals(0, BadShare.of(9, one, 1, 5).bad());
        SkipCounts three = new SkipCounts(Map.of(Reason.DAMAGED_SHARD, 3L, Reason.NO_END_MARK, 9L));
        assertEquals(2, BadShare.of(9, three, 1, 5).bad());
        assertEquals(0, BadShare.of(9, three, 3, 5).bad());
        assertEquals(12, BadShare.of(9, three, 1, 5).met());
    }

    @Test
    void shardsOfWhichNoneCanBeReadAreAnErrorThatNamesTheFirst() throws IOException {
        List<Path> shards = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            shards.add(Files.writeString(folder.resolve(i + ".tar"), "<html>404 Not Found</html>"));
        }
        try (BatchLoader loader = loader(SampleSource.shards(shards), config(2, 0, 1, 100))) {
            String message =
                    assertThrows(UncheckedIOException.class, loader::next).getMessage();
            assertTrue(message.contains("No usable sample") && message.contains("3 damaged shard"), message);
            assertTrue(message.contains("0.tar: damaged shard (not a tar file but an HTML"), message);
        }
    }

    @Test
    void placesOfEarlierVersionsSayNothingOfWhatWasLeftOut() throws IOException {
        String old = "{\"epoch\":1,\"candidate\":2,\"sample\":20}";
        assertEquals(new StreamPosition(1, 2, 20), StreamPosition.read(Json.parse(old, "state")));
        assertThrows(
                IOException.class,
                () -> StreamPosition.read(Json.parse(old.replace("\"sample\":20", "\"x\":1"), "state")));
        SkipCounts counts = new SkipCounts(Map.of(Reason.NO_IMAGE, 2L, Reason.TOO_LARGE, 1L));
        StreamPosition place = new StreamPosition(1, 2, 20, counts);
        assertEquals(
                JsonParser.parseString("{\"no_image\":2,\"too_large\":1}"),
                place.toJson().get("skipped"));
    }
}
