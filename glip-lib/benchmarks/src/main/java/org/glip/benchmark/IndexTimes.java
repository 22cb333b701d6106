package org.glip.benchmark;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.glip.data.BatchLoader;
import org.glip.data.DataIndex;
import org.glip.data.ImageTextSample;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleOrder;
import org.glip.data.SampleSource;
import org.glip.data.StreamPosition;
import org.glip.data.WebDatasetWriter;
import org.glip.image.ImageTransform;
import org.glip.random.KeyedPermutation;
import org.glip.random.KeyedRandom.Purpose;
import org.glip.text.ClipTokenizer;

/**
 * What an index costs, and what an order over all samples: made, read again, shuffled, gone to the middle of. The
 * shards are links to one, so that millions of samples need no disk; reading them from one is not measured.
 */
public final class IndexTimes {
    private static final int BATCH = 64;
    private static final int SIDE = 32;
    private static final int CONTEXT = 77;
    private static final double NANOSECONDS = 1e9;
    private static final double MEBIBYTE = 1 << 20;

    private IndexTimes() {}

    /** Something that is timed. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Measures.
     *
     * @param arguments an empty folder, shards, samples of a shard
     * @throws IOException if the folder cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("expected FOLDER SHARDS SAMPLES");
        }
        Path folder = Path.of(arguments[0]);
        List<Path> shards = links(folder, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        JsonObject result = new JsonObject();
        timed(result, "make_seconds", () -> open(shards, folder));
        double before = usedMebibytes();
        SampleSource source = timed(result, "open_seconds", () -> open(shards, folder));
        result.addProperty("index_heap_mib", usedMebibytes() - before);
        long samples = source.countSamples();
        result.addProperty("samples", samples);
        timed(result, "fingerprint_seconds", source::fingerprint);
        timed(result, "order_seconds", () -> order(samples));
        for (long epoch : new long[] {0, 29}) {
            for (long place : new long[] {0, samples / 2}) {
                StreamPosition position = new StreamPosition(epoch, place, epoch * samples + place);
                timed(result, "first_batch_seconds_epoch_" + epoch + "_place_" + place, () -> first(source, position));
            }
        }
        result.addProperty("heap_mib_in_the_end", usedMebibytes());
        System.out.println(result);
    }

    private static <T> T timed(JsonObject result, String name, Work<T> work) throws IOException {
        long clock = System.nanoTime();
        T made = work.run();
        result.addProperty(name, (System.nanoTime() - clock) / NANOSECONDS);
        return made;
    }

    private static List<Path> links(Path folder, int shards, int samples) throws IOException {
        Path only = folder.resolve("only.tar");
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "png", picture);
        try (WebDatasetWriter writer = new WebDatasetWriter(only)) {
            for (int i = 0; i < samples; i++) {
                writer.write(ImageTextSample.of("%09d".formatted(i), picture.toByteArray(), "caption " + i));
            }
            writer.commit();
        }
        List<Path> links = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            links.add(Files.createSymbolicLink(folder.resolve("s-%05d.tar".formatted(i)), only.getFileName()));
        }
        return links;
    }

    private static SampleSource open(List<Path> shards, Path folder) throws IOException {
        return DataIndex.of(SampleSource.shards(shards), folder.resolve("cache"), (done, all) -> {});
    }

    /** All places of an epoch, one after the other. */
    private static long order(long samples) {
        KeyedPermutation order = new KeyedPermutation(samples, 0, Purpose.SHUFFLE, 0, 0);
        long sum = 0;
        for (long place = 0; place < samples; place++) {
            sum += order.at(place);
        }
        return sum;
    }

    private static String first(SampleSource source, StreamPosition position) {
        LoaderConfig config = LoaderConfig.builder()
                .setBatchSize(BATCH)
                .setContextLength(CONTEXT)
                .setTransform(ImageTransform.trainingCrop(SIDE, 1, 1))
                .optShuffleBuffer(SampleOrder.WHOLE)
                .optWorkers(1)
                .build();
        try (BatchLoader loader = new BatchLoader(source, ClipTokenizer.load(), config, position)) {
            return loader.next().keys().get(0);
        }
    }

    private static double usedMebibytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEBIBYTE;
    }
}
