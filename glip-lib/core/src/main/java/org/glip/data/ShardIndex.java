package org.glip.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where each sample of some shards lies. Eight bytes a sample: the number of the tar record that it begins with, in its
 * shard, and how many records it has. Immutable.
 */
final class ShardIndex {
    /** Bytes of a record of a tar file. */
    static final int RECORD = 512;

    /** Records of a sample that is read as one piece: a GiB. */
    static final int MOST_RECORDS = 1 << 21;

    /**
     * What is known of a shard.
     *
     * @param file its name, in the folder of the first shard
     * @param bytes its size, or -1 where there was no such file
     * @param modified when it was changed last, milliseconds since 1970, or -1
     * @param samples how many of it can be used
     * @param skipped what was left out
     * @param obstacle why they cannot be read by their places, or empty
     */
    record Shard(String file, long bytes, long modified, int samples, SkipCounts skipped, String obstacle) {}

    private final List<Shard> shards;

    /** The number of each shard's first sample, and in the end that of all samples. */
    private final int[] firsts;

    private final int[] starts;
    private final int[] lengths;

    /**
     * @param starts the first record of each sample, unsigned; 0 where a shard has an obstacle
     * @param lengths records of each sample
     */
    ShardIndex(List<Shard> shards, int[] starts, int[] lengths) {
        this.shards = List.copyOf(shards);
        this.starts = starts;
        this.lengths = lengths;
        this.firsts = new int[shards.size() + 1];
        for (int shard = 0; shard < shards.size(); shard++) {
            firsts[shard + 1] = Math.addExact(firsts[shard], shards.get(shard).samples());
        }
    }

    List<Shard> shards() {
        return shards;
    }

    /** How many samples can be used. */
    int samples() {
        return firsts[shards.size()];
    }

    /** What was left out of all shards. */
    SkipCounts skipped() {
        return shards.stream().map(Shard::skipped).reduce(SkipCounts.NONE, SkipCounts::plus);
    }

    /** The number of the shard that a sample lies in. */
    int shardOf(int sample) {
        int found = Arrays.binarySearch(firsts, sample);
        int shard = found < 0 ? -found - 2 : found;
        while (shards.get(shard).samples() == 0) {
            shard++; // an empty shard has the same first number as the next one
        }
        return shard;
    }

    int start(int sample) {
        return starts[sample];
    }

    int length(int sample) {
        return lengths[sample];
    }

    /**
     * Reads the records of a sample.
     *
     * @param shard the file that it lies in, as {@link #shardOf} says
     * @throws IOException if the file has another size than it had, or cannot be read
     */
    byte[] read(int sample, Path shard) throws IOException {
        // opened each time: a thread that is interrupted while it reads closes the channel, for all who share it
        try (FileChannel channel = FileChannel.open(shard)) {
            if (channel.size() != shards.get(shardOf(sample)).bytes()) {
                throw new IOException("shard " + shard + " has changed since its index was read: begin again");
            }
            long position = Integer.toUnsignedLong(starts[sample]) * RECORD;
            long most = channel.size() - position; // the last record of a file need not be filled
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min((long) lengths[sample] * RECORD, most));
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, position + bytes.position());
                if (read < 0) {
                    throw new IOException("shard " + shard + " ended while it was read");
                }
            }
            return bytes.array();
        }
    }
}
