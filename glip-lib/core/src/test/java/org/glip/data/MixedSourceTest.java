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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several sources: their parts are exact, each sample of one comes before any comes again, and runs go on in it. */
@Timeout(60)
class MixedSourceTest {
    /** Samples whose keys begin with a letter. */
    private static SampleSource named(String letter, int count) {
        return SampleSource.inMemory(SampleFixtures.samples(count, 1).stream()
                .map(sample -> ImageTextSample.of(letter + sample.key(), sample.image(), sample.caption()))
                .toList());
    }

    private static List<String> keys(SampleSource source, int epochs) throws IOException {
        List<String> keys = new ArrayList<>();
        SampleOrder order = new SampleOrder(5, WHOLE);
        for (int epoch = 0; epoch < epochs; epoch++) {
            NumberedSamples samples = source.numbered(epoch, order).orElseThrow();
            for (long place = 0; place < samples.count(); place++) {
                long number = order.permutation(samples.count(), epoch).at(place);
                keys.add(samples.read(number, new SkipLog(0)).key());
            }
        }
        return keys;
    }

    @Test
    void everyEpochHasThePartsThatTheWeightsSay() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 60; round++) {
            int first = 1 + random.nextInt(60);
            int second = 1 + random.nextInt(60);
            double weight = (1 + random.nextInt(9)) / 3.0;
            SampleSource mixed =
                    SampleSource.mixed(List.of(named("a", first), named("b", second)), List.of(1.0, weight));
            double part = (first + second) / (1 + weight);
            if (Math.round(part) == 0 || Math.round(first + second - part) == 0) {
                continue;
            }
            assertEquals(first + second, mixed.countSamples());
            long ofFirst =
                    keys(mixed, 1).stream().filter(key -> key.startsWith("a")).count();
            assertTrue(Math.abs(ofFirst - part) <= 0.5 + 1e-9, ofFirst + " is not " + part);
        }
    }

    @Test
    void noSampleComesAgainBeforeAllOfItsSourceHaveCome() throws IOException {
        SampleSource mixed = SampleSource.mixed(List.of(named("a", 4), named("b", 36)), List.of(1.0, 1.0));
        Map<String, Integer> counts = new HashMap<>();
        // an epoch has 20 of each: five times all of a, and five ninths of b; nine epochs are five passes over b
        keys(mixed, 9).forEach(key -> counts.merge(key, 1, Integer::sum));
        assertEquals(40, counts.size());
        counts.forEach((key, count) -> assertEquals(key.startsWith("a") ? 45 : 5, count, key));
        Map<String, Integer> early = new HashMap<>();
        keys(mixed, 1).forEach(key -> early.merge(key, 1, Integer::sum));
        assertEquals(24, early.size());
    }

    @Test
    void batchesAreTheSameWhateverTheSharesWorkersAndPosition() {
        SampleSource mixed = SampleSource.mixed(
                List.of(SampleSource.inMemory(samplesWithBroken(30, 3, 4, 20)), named("b", 11)), List.of(1.0, 2.0));
        List<Batch> expected;
        try (BatchLoader whole = loader(mixed, config(8, WHOLE, 1))) {
            expected = take(whole, 16);
        }
        StreamPosition start = expected.get(8).end();
        List<Batch> following = expected.subList(9, 16);
        try (BatchLoader resumed = new BatchLoader(mixed, TOKENIZER, config(8, WHOLE, 3), start)) {
            following.forEach(batch -> assertSame(batch, resumed.next()));
        }
        BatchShareTest.assertPartsAre(following, mixed, start, 8, WHOLE, 2);
        BatchShareTest.assertPartsAre(following, mixed, start, 8, WHOLE, 4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void weightsThatMeanNothingAreRefused(double weight) {
        List<SampleSource> two = List.of(named("a", 4), named("b", 4));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> SampleSource.mixed(two, List.of(1.0, weight)))
                .getMessage();
        assertTrue(message.contains("above 0, not " + weight), message);
    }

    @Test
    void aWeightForASourceThatIsNotThereIsRefused() {
        List<SampleSource> two = List.of(named("a", 4), named("b", 4));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> SampleSource.mixed(two, List.of(1.0, 2.0, 3.0)))
                .getMessage();
        assertTrue(message.contains("3 weights for 2 sources"), message);
    }

    @Test
    void aWeightThatGivesNoSampleIsAnErrorThatNamesTheSource() {
        SampleSource mixed = SampleSource.mixed(List.of(named("a", 4), named("b", 5)), List.of(1.0, 1e-6));
        try (BatchLoader loader = loader(mixed, config(2, WHOLE, 1))) {
            String message =
                    assertThrows(UncheckedIOException.class, loader::next).getMessage();
            assertTrue(message.contains("5 samples in memory") && message.contains("none of the 9"), message);
        }
    }

    @Test
    void otherOrdersAreRefused() {
        SampleSource mixed = SampleSource.mixed(List.of(named("a", 4), named("b", 5)), List.of(1.0, 1.0));
        try (BatchLoader loader = loader(mixed, config(2, 10, 1))) {
            assertTrue(assertThrows(UncheckedIOException.class, loader::next)
                    .getMessage()
                    .contains("order over all samples only"));
        }
    }
}
