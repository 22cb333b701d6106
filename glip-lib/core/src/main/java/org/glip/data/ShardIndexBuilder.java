package org.glip.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glip.data.ShardIndex.Shard;

/**
 * Makes the index of some shards: walks over their members, and reads captions and metadata, but no picture. What a
 * pass over them would leave out is not in it.
 */
final class ShardIndexBuilder {
    private static final String COMPRESSED = "it is compressed: unpack it";
    private static final String LINKED = "a member of it is a link to another: pack it without links";
    private static final String TOO_LARGE = "a sample of it has more than a GiB";

    private final Path folder;
    private final SampleText text;
    private final List<Shard> shards = new ArrayList<>();
    private int[] starts = new int[1024];
    private int[] lengths = new int[1024];
    private int samples;

    private ShardIndexBuilder(Path folder, SampleText text) {
        this.folder = folder;
        this.text = text;
    }

    /**
     * Looks through shards.
     *
     * @param folder that the names of the shards are relative to
     * @throws IOException if a shard cannot be read at all, or the thread is interrupted
     */
    static ShardIndex build(List<Path> shards, Path folder, SampleText text, IndexProgress progress)
            throws IOException {
        ShardIndexBuilder builder = new ShardIndexBuilder(folder, text);
        for (Path shard : shards) {
            builder.add(shard);
            progress.onShard(builder.shards.size(), shards.size());
        }
        return new ShardIndex(
                builder.shards,
                Arrays.copyOf(builder.starts, builder.samples),
                Arrays.copyOf(builder.lengths, builder.samples));
    }

    /** What is known of a shard without a look into it. */
    static Shard state(Path shard, Path folder) throws IOException {
        boolean exists = Files.isRegularFile(shard);
        return new Shard(
                folder.relativize(shard.toAbsolutePath().normalize()).toString(),
                exists ? Files.size(shard) : -1,
                exists ? Files.getLastModifiedTime(shard).toMillis() : -1,
                0,
                SkipCounts.NONE,
                "");
    }

    private void add(Path shard) throws IOException {
        Shard before = state(shard, folder);
        SkipLog skipped = new SkipLog(0); // a pass tells them
        int first = samples;
        String obstacle = "";
        try (WebDatasetReader reader = WebDatasetReader.withoutPictures(shard, skipped, text)) {
            obstacle = reader.isPlain() ? "" : COMPRESSED;
            while (reader.hasNext()) {
                reader.next();
                if (obstacle.isEmpty()) {
                    obstacle = obstacle(reader);
                }
                long length = (reader.sampleEnd() - reader.sampleStart()) / ShardIndex.RECORD;
                add(reader.sampleStart() / ShardIndex.RECORD, obstacle.isEmpty() ? length : 0);
            }
        }
        if (!obstacle.isEmpty()) {
            Arrays.fill(starts, first, samples, 0);
            Arrays.fill(lengths, first, samples, 0);
        }
        shards.add(new Shard(
                before.file(), before.bytes(), before.modified(), samples - first, skipped.snapshot(), obstacle));
    }

    private static String obstacle(WebDatasetReader reader) {
        if (reader.isSampleLinked()) {
            return LINKED;
        }
        long records = (reader.sampleEnd() - reader.sampleStart()) / ShardIndex.RECORD;
        return records > ShardIndex.MOST_RECORDS || reader.sampleEnd() / ShardIndex.RECORD > 0xFFFFFFFFL
                ? TOO_LARGE
                : "";
    }

    private void add(long start, long length) {
        if (samples == starts.length) {
            starts = Arrays.copyOf(starts, Math.multiplyExact(2, samples));
            lengths = Arrays.copyOf(lengths, 2 * samples);
        }
        starts[samples] = (int) start;
        lengths[samples++] = (int) length;
    }
}
