package org.glip.data;

/** Is told how far the making of an index is. */
@FunctionalInterface
public interface IndexProgress {
    /**
     * A shard was looked through.
     *
     * @param shards how many are done
     * @param all how many there are
     */
    void onShard(int shards, int all);
}
