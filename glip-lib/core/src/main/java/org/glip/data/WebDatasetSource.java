package org.glip.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A data set in webdataset shards, such as CC3M or CC12M as img2dataset writes them. Samples are read as {@link
 * WebDatasetReader} says.
 */
final class WebDatasetSource implements SampleSource {
    private final List<Path> shards;
    private final SampleText text;

    /**
     * A source of these shards, in this order.
     *
     * @throws IllegalArgumentException if there are none
     */
    WebDatasetSource(List<Path> shards, SampleText text) {
        if (shards.isEmpty()) {
            throw new IllegalArgumentException("no shard is named");
        }
        this.shards = List.copyOf(shards);
        this.text = text;
    }

    List<Path> shards() {
        return shards;
    }

    SampleText text() {
        return text;
    }

    @Override
    public SampleSource.Pass open(long epoch, SampleOrder order, SkipLog skipped) {
        return order.shuffled(new ShardSequence(order.indices(shards.size(), epoch), skipped), epoch);
    }

    @Override
    public long countSamples() throws IOException {
        long samples = 0;
        for (Path shard : shards) {
            samples += WebDatasetReader.countSamples(shard, text);
        }
        return samples;
    }

    @Override
    public String describe() {
        String first = shards.get(0).toString();
        return shards.size() == 1
                ? "webdataset shard " + first
                : shards.size() + " webdataset shards, " + first + " to " + shards.get(shards.size() - 1);
    }

    @Override
    public Optional<String> fingerprint() throws IOException {
        StringBuilder files = new StringBuilder();
        for (Path shard : shards) {
            files.append(shard.getFileName())
                    .append(' ')
                    .append(Files.size(shard))
                    .append('\n');
        }
        return Optional.of(DigestUtils.sha256Hex(files.toString()));
    }

    /** One shard after the other; one is open at a time. */
    private final class ShardSequence implements SampleSource.Pass {
        private final int[] order;
        private final SkipLog skipped;
        private int position;
        private @Nullable WebDatasetReader reader;

        ShardSequence(int[] order, SkipLog skipped) {
            this.order = order;
            this.skipped = skipped;
        }

        @Override
        public boolean hasNext() {
            try {
                while (reader == null || !reader.hasNext()) {
                    close();
                    if (position == order.length) {
                        return false;
                    }
                    reader = new WebDatasetReader(shards.get(order[position++]), skipped, text);
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }

        @Override
        public ImageTextSample next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more samples");
            }
            return reader.next();
        }

        @Override
        public void close() throws IOException {
            if (reader != null) {
                reader.close();
                reader = null;
            }
        }
    }
}
