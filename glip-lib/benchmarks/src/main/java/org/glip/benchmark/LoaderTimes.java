package org.glip.benchmark;

import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.glip.data.BatchLoader;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.data.StreamPosition;
import org.glip.image.ImageTransform;
import org.glip.text.ClipTokenizer;

/** Our input pipeline alone, as {@code loader_peer.py} measures open_clip's: batches are taken and dropped. */
public final class LoaderTimes {
    private static final int SIDE = 224;
    private static final int CONTEXT = 77;
    private static final int SHUFFLE_BUFFER = 100;
    private static final double LEAST_SCALE = 0.5;
    private static final double NANOSECONDS = 1e9;

    private LoaderTimes() {}

    /**
     * Measures.
     *
     * @param arguments shards (a path with braces), workers, samples of a batch, samples before the measurement (for
     *     the compiler), samples in it
     * @throws IOException if a shard cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 5) {
            throw new IllegalArgumentException("expected SHARDS WORKERS BATCH WARMUP_SAMPLES SAMPLES");
        }
        int workers = Integer.parseInt(arguments[1]);
        int batch = Integer.parseInt(arguments[2]);
        LoaderConfig config = LoaderConfig.builder()
                .setBatchSize(batch)
                .setContextLength(CONTEXT)
                .setTransform(ImageTransform.trainingCrop(SIDE, LEAST_SCALE, 1))
                .optShuffleBuffer(SHUFFLE_BUFFER)
                .optWorkers(workers)
                .optSeed(1)
                .build();
        try (BatchLoader loader = new BatchLoader(
                SampleSource.shards(arguments[0]), ClipTokenizer.load(), config, StreamPosition.START)) {
            take(loader, Long.parseLong(arguments[3]));
            long clock = System.nanoTime();
            long processor = processorNanoseconds();
            long samples = take(loader, Long.parseLong(arguments[4]));
            double seconds = (System.nanoTime() - clock) / NANOSECONDS;
            double processorSeconds = (processorNanoseconds() - processor) / NANOSECONDS;
            JsonObject result = new JsonObject();
            result.addProperty("loader", "glip");
            result.addProperty("workers", workers);
            result.addProperty("samples", samples);
            result.addProperty("samples_per_second", samples / seconds);
            result.addProperty("samples_per_processor_second", samples / processorSeconds);
            System.out.println(result);
        }
    }

    /** Takes batches of at least so many samples in all; returns how many there were. */
    private static long take(BatchLoader loader, long samples) {
        long taken = 0;
        while (taken < samples) {
            taken += loader.next().size();
        }
        return taken;
    }

    /** Of all threads: readers, workers, compiler and garbage collector. */
    private static long processorNanoseconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
