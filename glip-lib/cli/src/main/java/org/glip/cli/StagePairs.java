package org.glip.cli;

import java.util.Objects;
import org.glip.data.BadShare;
import org.glip.data.BatchLoader;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.data.StreamPosition;
import org.glip.text.ClipTokenizer;
import org.glip.train.Pretraining;
import org.jspecify.annotations.Nullable;

/** The data of the stage. It keeps the loader, to tell at the end what was left out. */
final class StagePairs implements Pretraining.Data {
    private final SampleSource source;
    private final LoaderConfig config;
    private @Nullable BatchLoader loader;

    StagePairs(SampleSource source, LoaderConfig config) {
        this.source = source;
        this.config = config;
    }

    @Override
    public BatchLoader open(StreamPosition position) {
        loader = new BatchLoader(source, ClipTokenizer.load(), config, position);
        return loader;
    }

    /** The loader, which is open or was. */
    BatchLoader loader() {
        return Objects.requireNonNull(loader, "the stage opens its data");
    }

    BadShare bad() {
        return loader().badShare();
    }
}
