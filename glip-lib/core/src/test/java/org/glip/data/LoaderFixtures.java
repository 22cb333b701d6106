package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.glip.image.ImageTransform;
import org.glip.image.StoredImage;
import org.glip.text.CaptionTokens;
import org.glip.text.ClipTokenizer;

/** What the tests of the loader share. */
final class LoaderFixtures {
    static final ClipTokenizer TOKENIZER = ClipTokenizer.load();
    static final int CONTEXT = 12;

    private LoaderFixtures() {}

    static LoaderConfig config(int batchSize, int shuffleBuffer, int workers) {
        return config(batchSize, shuffleBuffer, workers, BatchShare.whole());
    }

    static LoaderConfig config(int batchSize, int shuffleBuffer, int workers, BatchShare share) {
        return LoaderConfig.builder()
                .setBatchSize(batchSize)
                .setContextLength(CONTEXT)
                .setTransform(new FingerprintTransform())
                .optShuffleBuffer(shuffleBuffer)
                .optWorkers(workers)
                .optSeed(17)
                .optMaxBadPercent(100)
                .optShare(share)
                .build();
    }

    static BatchLoader loader(SampleSource source, LoaderConfig config) {
        return new BatchLoader(source, TOKENIZER, config, StreamPosition.START);
    }

    /** Samples of which each one whose number is in the list has a picture that does not decode. */
    static List<ImageTextSample> samplesWithBroken(int count, Integer... broken) {
        List<ImageTextSample> samples = new ArrayList<>(SampleFixtures.samples(count, 21));
        for (int number : broken) {
            ImageTextSample good = samples.get(number);
            byte[] start = Arrays.copyOf("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), 40);
            samples.set(
                    number,
                    new ImageTextSample(good.key(), start, good.caption(), good.metadata(), "memory!" + good.key()));
        }
        return samples;
    }

    static List<Batch> take(BatchLoader loader, int batches) {
        List<Batch> taken = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            taken.add(loader.next());
        }
        return taken;
    }

    static void assertSame(Batch expected, Batch actual) {
        assertEquals(expected.firstSampleIndex(), actual.firstSampleIndex());
        assertEquals(expected.size(), actual.size());
        assertEquals(expected.keys(), actual.keys());
        assertEquals(expected.captions(), actual.captions());
        assertEquals(expected.metadata(), actual.metadata());
        assertEquals(expected.epoch(), actual.epoch());
        assertEquals(expected.end(), actual.end());
        assertEquals(expected.pixels().size(), actual.pixels().size());
        for (int i = 0; i < expected.pixels().size(); i++) {
            assertSame(expected.tokens().get(i), actual.tokens().get(i));
            assertArrayEquals(expected.pixels().get(i), actual.pixels().get(i));
        }
    }

    static void assertSame(CaptionTokens expected, CaptionTokens actual) {
        assertArrayEquals(expected.ids(), actual.ids());
        assertEquals(expected.length(), actual.length());
    }

    /**
     * "Pixels" that name the picture and the random stream; counts its calls, and is slow now and then, so that workers
     * overtake each other.
     */
    static final class FingerprintTransform implements ImageTransform {
        final AtomicInteger calls = new AtomicInteger();

        @Override
        public int outputSize() {
            return 2;
        }

        @Override
        public void apply(StoredImage image, SplittableRandom random, float[] target, int offset) {
            if (calls.incrementAndGet() % 7 == 0) {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            target[offset] = Arrays.hashCode(image.samples());
            for (int i = 1; i < 12; i++) {
                target[offset + i] = (float) random.nextDouble();
            }
        }

        @Override
        public String describe() {
            return "fingerprint of the picture and of the random stream";
        }
    }
}
