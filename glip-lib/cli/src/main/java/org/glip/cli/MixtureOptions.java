package org.glip.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.glip.data.SampleOrder;
import org.glip.data.SampleSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of each of several sources a stage takes, and which of several captions. */
final class MixtureOptions {
    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "W",
            description = "The part of each source of --data, between which :: stands, among all pairs, such as 1,2;"
                    + " with --shuffle all.")
    private @Nullable List<Double> weights;

    @Option(
            names = "--caption-key",
            paramLabel = "FIELD",
            description = "Field of the shards' .json members with the caption, or a list of several (default: .txt,"
                    + " then \"caption\" in .json).")
    private @Nullable String captionKey;

    @Option(
            names = "--random-caption",
            description = "Of several captions one at random, another in each epoch (default: the first).")
    private boolean randomCaption;

    boolean randomCaption() {
        return randomCaption;
    }

    /** What of the captions is not as usual, for the provenance of a run. */
    Map<String, String> settings() {
        if (captionKey == null) {
            return Map.of();
        }
        return Map.of("caption-key", captionKey, "random-caption", Boolean.toString(randomCaption));
    }

    /**
     * The data of a stage.
     *
     * @param shuffle pairs in the buffer
     * @throws IOException if they cannot be read
     * @throws IllegalArgumentException if weights do not fit the sources, or need another order
     */
    SampleSource source(DataOptions data, int shuffle) throws IOException {
        if (randomCaption && captionKey == null) {
            throw new IllegalArgumentException("--random-caption goes with --caption-key");
        }
        if (weights == null) {
            return captionKey == null ? data.source() : data.source(captionKey);
        }
        if (shuffle != SampleOrder.WHOLE) {
            throw new IllegalArgumentException("--weights goes with --shuffle all");
        }
        List<SampleSource> sources = data.sources(captionKey);
        if (sources.size() != weights.size()) {
            throw new IllegalArgumentException("--weights names " + weights.size() + ", but --data has "
                    + sources.size() + " sources (:: stands between two)");
        }
        return SampleSource.mixed(sources, weights);
    }
}
