package org.glip.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is known of data before a run begins: how many samples they have, and where each lies. */
public final class DataIndex {
    private DataIndex() {}

    /**
     * Returns a source that knows its samples. Shards get an index, made once and kept beside the first of them, or in
     * the cache folder; where they are plain tar files, their samples can then be shuffled as a whole. Other sources
     * know already and are returned as they are.
     *
     * @param source the data set
     * @param cache folder for what cannot be kept beside the data; it need not exist
     * @param progress told while an index is made, which takes a walk over all shards
     * @return the same data
     * @throws IOException if a shard cannot be read, or the thread is interrupted
     */
    public static SampleSource of(SampleSource source, Path cache, IndexProgress progress) throws IOException {
        if (source instanceof MixedSource mixture) {
            List<SampleSource> indexed = new ArrayList<>();
            for (SampleSource part : mixture.sources()) {
                indexed.add(of(part, cache, progress));
            }
            return mixture.of(indexed);
        }
        return source instanceof WebDatasetSource shards ? IndexedShards.open(shards, cache, progress) : source;
    }

    /**
     * Returns a source that knows its samples, where an index of it was made before; nothing is written.
     *
     * @param source the data set
     * @param cache as above
     * @return the same data, with the index of the shards that have one
     * @throws IOException if a shard cannot be looked at, or the thread is interrupted
     */
    public static SampleSource ifMade(SampleSource source, Path cache) throws IOException {
        if (source instanceof MixedSource mixture) {
            List<SampleSource> known = new ArrayList<>();
            for (SampleSource part : mixture.sources()) {
                known.add(ifMade(part, cache));
            }
            return mixture.of(known);
        }
        return source instanceof WebDatasetSource shards
                ? IndexedShards.known(shards, cache).orElse(source)
                : source;
    }
}
