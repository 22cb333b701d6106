package org.glip.scenes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;

/**
 * Reads shards that this library wrote itself. A run over foreign data leaves out what is damaged; here that is an
 * error, since a part of Scenes would pass for the whole.
 */
public final class WholeShards {
    private WholeShards() {}

    /** Takes samples. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a sample.
         *
         * @param sample the next one
         * @throws IOException where it is not as it should be
         */
        void accept(ImageTextSample sample) throws IOException;
    }

    /**
     * Reads samples.
     *
     * @param shards the files, in order
     * @param most how many samples at most; what comes after them is not looked at
     * @param sink takes them in order
     * @throws IOException if a shard is missing or damaged, which is named, or from the sink
     */
    public static void read(List<Path> shards, long most, Sink sink) throws IOException {
        long left = most;
        for (Path shard : shards) {
            SkipLog skipped = new SkipLog();
            try (SampleSource.Pass reader = SampleSource.shards(List.of(shard)).open(skipped)) {
                for (; left > 0 && reader.hasNext(); left--) {
                    sink.accept(reader.next());
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            if (skipped.count() > 0) {
                throw new IOException(shard + " is missing or damaged: " + skipped.summary());
            }
        }
    }
}
