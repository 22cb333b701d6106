package org.glip.data;

import static org.glip.data.LoaderFixtures.CONTEXT;
import static org.glip.data.LoaderFixtures.TOKENIZER;
import static org.glip.data.LoaderFixtures.assertSame;
import static org.glip.data.LoaderFixtures.config;
import static org.glip.data.LoaderFixtures.loader;
import static org.glip.data.LoaderFixtures.samplesWithBroken;
import static org.glip.data.LoaderFixtures.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.glip.data.SkipLog.Reason;
import org.glip.image.ImageDecoder;
import org.glip.image.ImageTransform;
import org.glip.image.StoredImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLoaderTest {
    private final List<ImageTextSample> samples = SampleFixtures.samples(10, 5);
    private final SampleSource source = new InMemorySource(samples);

    @Test
    void epochsFollowEachOtherWithoutAGap() {
        try (BatchLoader loader = loader(source, config(4, 0, 2))) {
            List<Batch> batches = take(loader, 5);
            List<String> keys = batches.stream().flatMap(b -> b.keys().stream()).toList();
            for (int i = 0; i < 20; i++) {
                assertEquals(samples.get(i % 10).key(), keys.get(i));
            }
            assertEquals(
                    List.of(0L, 0L, 0L, 1L, 1L),
                    batches.stream().map(Batch::epoch).toList());
            assertEquals(
                    List.of(0L, 4L, 8L, 12L, 16L),
                    batches.stream().map(Batch::firstSampleIndex).toList());
            assertEquals(new StreamPosition(1, 2, 12), batches.get(2).end());
        }
    }

    /** So training waits only where preparing a batch takes longer than a step. */
    @Test
    @Timeout(60) // a guard, not a measurement
    void theWholeNextBatchIsPreparedWhileNobodyTakesIt() throws InterruptedException {
        LoaderConfig config = config(4, 0, 1);
        AtomicInteger prepared = ((LoaderFixtures.FingerprintTransform) config.transform()).calls;
        try (BatchLoader loader = loader(source, config)) {
            loader.next();
            while (prepared.get() < 8) {
                Thread.sleep(1);
            }
            loader.next();
            while (prepared.get() < 12) {
                Thread.sleep(1);
            }
        }
    }

    @Test
    void aBatchHoldsEachSamplesPixelsAndTokensInItsRow() throws IOException {
        try (BatchLoader loader = loader(source, config(5, 0, 2))) {
            Batch batch = loader.next();
            assertEquals(5, batch.pixels().size());
            assertEquals(2, batch.imageSize());
            assertEquals(5, batch.tokens().size());
            for (int row = 0; row < 5; row++) {
                ImageTextSample sample = samples.get(row);
                assertEquals(sample.caption(), batch.captions().get(row));
                assertEquals(sample.metadata(), batch.metadata().get(row));
                assertSame(
                        TOKENIZER.tokenize(sample.caption(), CONTEXT),
                        batch.tokens().get(row));
                assertEquals(CONTEXT, batch.tokens().get(row).ids().length);
                float[] pixels = batch.pixels().get(row);
                assertEquals(3 * 2 * 2, pixels.length);
                StoredImage picture = ImageDecoder.decodeStored(sample.image(), sample.origin());
                assertEquals(Arrays.hashCode(picture.samples()), pixels[0]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 50})
    void batchesDoNotDependOnTheNumberOfWorkers(int shuffleBuffer) {
        SampleSource broken = new InMemorySource(samplesWithBroken(23, 0, 7, 8, 22));
        try (BatchLoader one = loader(broken, config(6, shuffleBuffer, 1));
                BatchLoader four = loader(broken, config(6, shuffleBuffer, 4))) {
            for (int i = 0; i < 20; i++) {
                assertSame(one.next(), four.next());
            }
            assertEquals(one.skipped().count() > 0, four.skipped().count() > 0);
        }
    }

    @Test
    void theSamePictureIsAugmentedAnewInEachEpoch() {
        try (BatchLoader loader = loader(new InMemorySource(samples.subList(0, 1)), config(1, 0, 1))) {
            float[] first = loader.next().pixels().get(0);
            float[] second = loader.next().pixels().get(0);
            assertEquals(first[0], second[0]);
            assertNotEquals(first[1], second[1]);
        }
    }

    @Test
    void equalPicturesOfAnEpochAreAugmentedDifferently() {
        ImageTextSample sample = samples.get(0);
        try (BatchLoader loader = loader(new InMemorySource(List.of(sample, sample, sample)), config(3, 0, 1))) {
            List<float[]> pixels = loader.next().pixels();
            assertNotEquals(pixels.get(0)[1], pixels.get(1)[1]);
            assertNotEquals(pixels.get(1)[1], pixels.get(2)[1]);
        }
    }

    @Test
    void theNextSampleOfTheBatchComesIntoThePlaceOfAPictureThatDoesNotDecode() {
        try (BatchLoader loader = loader(new InMemorySource(samplesWithBroken(8, 1, 2, 7)), config(4, 0, 2))) {
            List<Batch> batches = take(loader, 2);
            assertEquals(
                    List.of("000000", "000003", "000003", "000003"),
                    batches.get(0).keys());
            assertEquals(
                    List.of("000004", "000005", "000006", "000004"),
                    batches.get(1).keys());
            List<float[]> pixels = batches.get(0).pixels();
            assertEquals(pixels.get(3)[0], pixels.get(1)[0]);
            assertNotEquals(pixels.get(3)[1], pixels.get(1)[1], "the crop is the place's");
            SkipCounts two = new SkipCounts(Map.of(Reason.UNDECODABLE_IMAGE, 2L));
            assertEquals(new StreamPosition(0, 4, 4, two), batches.get(0).end());
            assertEquals(4, batches.get(1).firstSampleIndex());
            assertEquals(3, loader.skipped().count(Reason.UNDECODABLE_IMAGE));
            String message = loader.skipped().messages().get(0);
            assertTrue(message.startsWith("memory!000001: picture does not decode (this PNG"), message);
        }
    }

    @Test
    void aBatchOfWhichNothingDecodesIsPassedOverWithItsIndices() {
        try (BatchLoader loader = loader(new InMemorySource(samplesWithBroken(6, 2, 3)), config(2, 0, 2))) {
            List<Batch> batches = take(loader, 2);
            assertEquals(List.of("000004", "000005"), batches.get(1).keys());
            assertEquals(4, batches.get(1).firstSampleIndex());
            SkipCounts two = new SkipCounts(Map.of(Reason.UNDECODABLE_IMAGE, 2L));
            assertEquals(new StreamPosition(0, 6, 6, two), batches.get(1).end());
        }
    }

    @Test
    void aDamagedPictureIsSkippedOrShownButNeverStopsTheLoader() {
        SplittableRandom random = new SplittableRandom(8);
        List<ImageTextSample> damaged = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            byte[] image =
                    SampleFixtures.picture(i, 24, List.of("jpg", "png", "gif").get(i % 3));
            for (int change = random.nextInt(8); change > 0; change--) {
                image[random.nextInt(image.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(image.length) : image.length;
            damaged.add(ImageTextSample.of("" + i, Arrays.copyOf(image, length), "caption"));
        }
        ImageTransform transform = ImageTransform.trainingCrop(16, 0.5, 1);
        LoaderConfig config = LoaderConfig.builder()
                .setBatchSize(16)
                .setContextLength(CONTEXT)
                .setTransform(transform)
                .optWorkers(2)
                .optSeed(1)
                .build();
        try (BatchLoader loader = BatchLoader.singleEpoch(new InMemorySource(damaged), TOKENIZER, config)) {
            long shown = 0;
            while (loader.hasNext()) {
                shown += loader.next().size();
            }
            assertEquals(400, shown + loader.skipped().count(Reason.UNDECODABLE_IMAGE));
            assertTrue(shown > 40 && shown < 360, "shown: " + shown);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "3, 4", "5, 2", "10, 1", "64, 1"})
    void aSingleEpochEndsWithAShortBatch(int batchSize, int batches) {
        try (BatchLoader loader = BatchLoader.singleEpoch(source, TOKENIZER, config(batchSize, 0, 2))) {
            List<Batch> taken = new ArrayList<>();
            loader.forEachRemaining(taken::add);
            assertEquals(batches, taken.size());
            Batch last = taken.get(batches - 1);
            assertEquals(10 - (batches - 1) * batchSize, last.size());
            assertEquals(last.size(), last.pixels().size());
            assertEquals(last.size(), last.tokens().size());
            assertEquals(last.size(), last.keys().size());
            assertEquals(
                    samples.stream().map(ImageTextSample::key).toList(),
                    taken.stream().flatMap(b -> b.keys().stream()).toList());
            assertFalse(loader.hasNext());
            assertThrows(NoSuchElementException.class, loader::next);
        }
    }

    @Test
    void everyEpochOfAShuffledStreamHoldsEverySampleOnce() {
        try (BatchLoader loader = loader(source, config(5, 4, 2))) {
            for (int epoch = 0; epoch < 5; epoch++) {
                Set<String> keys = new HashSet<>();
                take(loader, 2).forEach(batch -> keys.addAll(batch.keys()));
                assertEquals(10, keys.size());
            }
        }
    }

    @Test
    void refusesConfigurationsThatMeanNothing() {
        assertThrows(IllegalArgumentException.class, () -> config(0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> config(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> config(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new StreamPosition(0, -1, 0));
    }
}
