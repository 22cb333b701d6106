package org.glip.scenes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleSource;
import org.glip.files.Interruption;

/**
 * The trivial baseline: a picture gets the label of the training picture whose 8x8 thumbnail is nearest, by the sum of
 * squared differences of its pixels. What a model does not beat, it has not learned.
 */
public final class PixelNeighbourBaseline {
    private static final int SIDE = 8;
    private static final int VALUES = 3 * SIDE * SIDE;
    private static final int CHUNK = VALUES / 4;
    private static final int TOP = 5;
    private static final int QUERIES_AT_ONCE = 256;

    private final int[][] thumbnails; // (training pictures, 3 * 8 * 8), in [0, 255]
    private final String[] labels;

    /**
     * How often the baseline is right.
     *
     * @param samples pictures that were classified
     * @param top1 share, in [0, 1], whose nearest label is the right one
     * @param top5 share, in [0, 1], whose right label is among the five nearest
     */
    public record Result(int samples, double top1, double top5) {}

    private PixelNeighbourBaseline(int[][] thumbnails, String[] labels) {
        this.thumbnails = thumbnails;
        this.labels = labels;
    }

    /**
     * Keeps the thumbnails of training pictures.
     *
     * @param shards of Scenes: the label is taken from the metadata
     * @param limit the most pictures to keep
     * @param progress told how many are kept
     * @return the baseline
     * @throws IOException if a shard cannot be read or a sample has no label
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public static PixelNeighbourBaseline fit(List<Path> shards, int limit, ScenesProgress progress) throws IOException {
        List<int[]> thumbnails = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        read(shards, limit, thumbnails, labels, progress);
        return new PixelNeighbourBaseline(thumbnails.toArray(int[][]::new), labels.toArray(String[]::new));
    }

    /**
     * Classifies the pictures of other shards among the given labels. Pictures of other labels are passed over, so that
     * a subset, such as the readable labels or those without flags, needs no shards of its own.
     *
     * @param shards the shards, in order
     * @param candidates the labels to choose from
     * @param progress told how many pictures are read, and then classified
     * @return how it did
     * @throws IOException if a shard cannot be read or a sample has no label
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Result evaluate(List<Path> shards, List<String> candidates, ScenesProgress progress) throws IOException {
        Map<String, Integer> classes = new HashMap<>();
        candidates.forEach(label -> classes.putIfAbsent(label, classes.size()));
        int[] classOf = Arrays.stream(labels)
                .mapToInt(label -> classes.getOrDefault(label, -1))
                .toArray();
        List<int[]> queries = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        read(shards, Integer.MAX_VALUE, queries, truths, progress);
        int[] known = IntStream.range(0, queries.size())
                .filter(i -> classes.containsKey(truths.get(i)))
                .toArray();
        int[] ranks = new int[known.length];
        for (int start = 0; start < known.length; start += QUERIES_AT_ONCE) {
            Interruption.check("the baseline");
            int end = Math.min(known.length, start + QUERIES_AT_ONCE);
            IntStream.range(start, end).parallel().forEach(i -> {
                int query = known[i];
                ranks[i] = rank(queries.get(query), classes.get(truths.get(query)), classOf, classes.size());
            });
            progress.update("pixel neighbours: classified", end, known.length);
        }
        return new Result(ranks.length, share(ranks, 1), share(ranks, TOP));
    }

    private static double share(int[] ranks, int k) {
        return Arrays.stream(ranks).filter(rank -> rank <= k).count() / (double) Math.max(1, ranks.length);
    }

    /** The place, from 1, of the right class among the classes by the distance of their nearest training picture. */
    private int rank(int[] query, int truth, int[] classOf, int classes) {
        int[] nearest = new int[classes];
        Arrays.fill(nearest, Integer.MAX_VALUE);
        for (int i = 0; i < thumbnails.length; i++) {
            if (classOf[i] >= 0) {
                nearest[classOf[i]] = nearer(query, thumbnails[i], nearest[classOf[i]]);
            }
        }
        int rank = 1;
        for (int c = 0; c < classes; c++) {
            // a class that is as near counts as nearer: no luck by order
            if (c != truth && nearest[c] <= nearest[truth]) {
                rank++;
            }
        }
        return rank;
    }

    /**
     * The squared distance, or {@code bound} if that is smaller; most pictures are told apart by their first rows
     * already.
     */
    private static int nearer(int[] a, int[] b, int bound) {
        int sum = 0; // at most 192 * 255 * 255
        for (int start = 0; start < VALUES; start += CHUNK) {
            for (int i = start; i < start + CHUNK; i++) {
                int difference = a[i] - b[i];
                sum += difference * difference;
            }
            if (sum >= bound) {
                return bound;
            }
        }
        return sum;
    }

    private static void read(
            List<Path> shards, int limit, List<int[]> thumbnails, List<String> labels, ScenesProgress progress)
            throws IOException {
        long total = Math.min(limit, SampleSource.shards(shards).countSamples());
        WholeShards.read(shards, limit, sample -> {
            Interruption.check("the baseline");
            if (!sample.metadata().has("label")) {
                throw new IOException(sample.origin() + " has no \"label\" in its metadata: not a shard of Scenes");
            }
            thumbnails.add(thumbnail(sample));
            labels.add(sample.metadata().get("label").getAsString());
            progress.update("pixel neighbours: read", thumbnails.size(), total);
        });
    }

    private static int[] thumbnail(ImageTextSample sample) throws IOException {
        int[] values = new int[VALUES];
        int[] argb = Canvas.shrunk(ArgbImage.decode(sample.image(), sample.origin()), SIDE)
                .argb();
        for (int i = 0; i < argb.length; i++) {
            values[3 * i] = argb[i] >> 16 & 255;
            values[3 * i + 1] = argb[i] >> 8 & 255;
            values[3 * i + 2] = argb[i] & 255;
        }
        return values;
    }
}
