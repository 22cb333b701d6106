package org.glip.data;

import static org.glip.data.LoaderFixtures.TOKENIZER;
import static org.glip.data.LoaderFixtures.assertSame;
import static org.glip.data.LoaderFixtures.config;
import static org.glip.data.LoaderFixtures.loader;
import static org.glip.data.LoaderFixtures.samplesWithBroken;
import static org.glip.data.LoaderFixtures.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.glip.image.ImageTransform;
import org.glip.image.StoredImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Errors, interrupts and closing: nothing hangs, and no thread is left. */
@Timeout(60)
class BatchLoaderFailureTest {
    @TempDir
    Path folder;

    @Test
    void anErrorOfTheSourceKeepsItsMessage() {
        SampleSource source = new FakeSource(3) {
            @Override
            ImageTextSample sample(int index) {
                if (index == 2) {
                    throw new IllegalArgumentException("the source is out of order");
                }
                return super.sample(index);
            }
        };
        try (BatchLoader loader = loader(source, config(8, 0, 1))) {
            String message =
                    assertThrows(IllegalStateException.class, loader::next).getMessage();
            assertTrue(message.contains("the source is out of order"), message);
        }
    }

    @Test
    void aSourceWithoutUsableSamplesIsAnErrorThatSaysWhy() throws IOException {
        Path shard = folder.resolve("shard.tar");
        Files.write(shard, new RawTar().add("a.txt", "no picture").finish());
        try (BatchLoader loader = loader(SampleSource.shards(shard.toString()), config(2, 0, 1))) {
            String message =
                    assertThrows(UncheckedIOException.class, loader::next).getMessage();
            assertTrue(message.contains("shard.tar") && message.contains("1 skipped: 1 no picture"), message);
            assertTrue(message.contains("first: ") && message.contains("it has .txt"), message);
            // and again, rather than to wait for a reader that has gone
            assertEquals(
                    message,
                    assertThrows(UncheckedIOException.class, loader::next).getMessage());
        }
    }

    @Test
    void picturesOfWhichNoneDecodesAreAnErrorNotAHang() {
        SampleSource source = new InMemorySource(samplesWithBroken(3, 0, 1, 2));
        for (BatchLoader loader :
                List.of(loader(source, config(2, 0, 1)), BatchLoader.singleEpoch(source, TOKENIZER, config(2, 0, 1)))) {
            try (loader) {
                String message = assertThrows(UncheckedIOException.class, loader::hasNext)
                        .getMessage();
                assertTrue(message.contains("No picture") && message.contains("memory!000000"), message);
            }
        }
    }

    @Test
    void aFaultyTransformIsAnErrorThatNamesTheSample() {
        ImageTransform faulty = new ImageTransform() {
            @Override
            public int outputSize() {
                return 2;
            }

            @Override
            public void apply(StoredImage image, SplittableRandom random, float[] target, int offset) {
                throw new ArithmeticException("divided by nothing");
            }

            @Override
            public String describe() {
                return "faulty";
            }
        };
        try (BatchLoader loader = loader(
                new FakeSource(1),
                LoaderConfig.builder()
                        .setBatchSize(2)
                        .setContextLength(8)
                        .setTransform(faulty)
                        .optWorkers(1)
                        .optSeed(1)
                        .build())) {
            String message =
                    assertThrows(IllegalStateException.class, loader::next).getMessage();
            assertTrue(message.contains("fake 0") && message.contains("divided by nothing"), message);
        }
    }

    @Test
    void readsAtMostABatchAhead() throws InterruptedException {
        FakeSource source = new FakeSource(1_000_000);
        try (BatchLoader loader = loader(source, config(10, 0, 2))) {
            for (int taken = 0; taken <= 50; taken += 10) {
                source.waitUntilRead(taken + 10);
                // a full queue, and the sample for which there is no room in it
                int ahead = source.read - taken;
                assertTrue(ahead <= 11, "read ahead " + ahead);
                loader.next();
            }
        }
    }

    @Test
    void anInterruptedConsumerStopsAndCanGoOn() throws InterruptedException {
        FakeSource source = new FakeSource(40);
        List<Batch> expected;
        try (BatchLoader loader = loader(new FakeSource(40), config(4, 0, 1))) {
            expected = take(loader, 3);
        }
        try (BatchLoader loader = loader(source, config(4, 0, 1))) {
            assertSame(expected.get(0), loader.next());
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, loader::next);
            assertTrue(Thread.interrupted(), "the interrupt flag stays set");
            assertSame(expected.get(1), loader.next());
            assertSame(expected.get(2), loader.next());
        }
    }

    @Test
    void aWaitingConsumerIsFreedByAnInterruptAndByClosing() throws InterruptedException {
        for (boolean byClosing : new boolean[] {false, true}) {
            FakeSource source = new FakeSource(10);
            source.gate = new CountDownLatch(1);
            AtomicReference<Throwable> seen = new AtomicReference<>();
            try (BatchLoader loader = loader(source, config(4, 0, 1))) {
                Thread consumer = new Thread(() -> {
                    try {
                        loader.next();
                    } catch (CancellationException e) {
                        seen.set(e);
                    }
                });
                consumer.start();
                while (consumer.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                if (byClosing) {
                    loader.close();
                } else {
                    consumer.interrupt();
                }
                consumer.join();
            }
            assertInstanceOf(CancellationException.class, seen.get());
        }
    }

    @Test
    void closingEndsAllThreadsAndTheStream() throws InterruptedException {
        FakeSource endless = new FakeSource(1_000_000);
        List<Thread> left = threadsLeftAfter(() -> {
            BatchLoader loader = loader(endless, config(10, 100, 3));
            loader.next();
            loader.close();
            loader.close();
            assertThrows(IllegalStateException.class, loader::next);
        });
        assertEquals(List.of(), left);
        assertTrue(endless.closed);
    }

    @Test
    void closingUnderAnInterruptWaitsTooAndKeepsTheFlag() throws InterruptedException {
        FakeSource endless = new FakeSource(1_000_000);
        List<Thread> left = threadsLeftAfter(() -> {
            BatchLoader loader = loader(endless, config(10, 100, 3));
            loader.next();
            Thread.currentThread().interrupt();
            loader.close();
            assertTrue(Thread.interrupted());
        });
        assertEquals(List.of(), left);
        assertTrue(endless.closed);
    }

    @Test
    void closingOnTheLongWayToWhereReadingGoesOnEndsTheReader() throws InterruptedException {
        FakeSource endless = new FakeSource(Integer.MAX_VALUE);
        List<Thread> left = threadsLeftAfter(() -> {
            StreamPosition farAway = new StreamPosition(0, Integer.MAX_VALUE - 1L, 0);
            BatchLoader loader = new BatchLoader(endless, TOKENIZER, config(10, 0, 1), farAway);
            while (endless.read < 100) {
                Thread.onSpinWait();
            }
            loader.close();
        });
        assertEquals(List.of(), left);
        assertTrue(endless.closed);
    }

    @Test
    void closingCountsNoFileAsMissing() throws IOException {
        Path table = folder.resolve("pairs.csv");
        StringBuilder rows = new StringBuilder("filepath\ttitle\n");
        Files.write(folder.resolve("a.png"), SampleFixtures.samples(1, 1).get(0).image());
        for (int row = 0; row < 20_000; row++) {
            rows.append(folder.resolve("a.png")).append("\tcaption\n");
        }
        Files.writeString(table, rows);
        BatchLoader loader = loader(SampleSource.csv(table, '\t', "filepath", "title"), config(4, 1000, 1));
        loader.next();
        loader.close();
        assertEquals(0, loader.skipped().count(), loader.skipped().summary());
    }

    /** The threads that something started and that are alive when it is done; no other test's are looked at. */
    private static List<Thread> threadsLeftAfter(Runnable something) throws InterruptedException {
        ThreadGroup own = new ThreadGroup("own");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<List<Thread>> left = new AtomicReference<>();
        Thread caller = new Thread(own, () -> {
            try {
                something.run();
            } catch (Throwable e) {
                failure.set(e);
            }
            Thread[] found = new Thread[own.activeCount() + 10];
            int count = own.enumerate(found);
            left.set(Arrays.stream(found, 0, count)
                    .filter(thread -> thread != Thread.currentThread() && thread.isAlive())
                    .toList());
        });
        caller.start();
        caller.join();
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        return left.get();
    }

    /** A source that makes its samples as they are asked for, and lets the test see how far the reader got. */
    private static class FakeSource implements SampleSource {
        private final int count;
        private final ImageTextSample sample = SampleFixtures.samples(1, 1).get(0);
        volatile int read;
        volatile boolean closed;
        volatile CountDownLatch gate = new CountDownLatch(0);

        FakeSource(int count) {
            this.count = count;
        }

        ImageTextSample sample(int index) {
            return new ImageTextSample(
                    "" + index, sample.image(), "caption " + index, sample.metadata(), "fake " + index);
        }

        /** Waits until the reader has come this far, and a moment more in which it could go too far. */
        void waitUntilRead(int samples) throws InterruptedException {
            while (read < samples) {
                Thread.sleep(1);
            }
            Thread.sleep(50);
        }

        @Override
        public SampleSource.Pass open(long epoch, SampleOrder order, SkipLog skipped) {
            return new SampleSource.Pass() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < count;
                }

                @Override
                public ImageTextSample next() {
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    read++;
                    return sample(next++);
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        }

        @Override
        public long countSamples() {
            return count;
        }

        @Override
        public String describe() {
            return "a fake";
        }
    }
}
