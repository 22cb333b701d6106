package org.glip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.glip.data.BadShare;
import org.glip.data.DataIndex;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleOrder;
import org.glip.data.SampleSource;
import org.glip.engine.CacheFolders;

/** Data of which is known, before a run begins, how many samples they have and where each lies. */
final class KnownData {
    private KnownData() {}

    /**
     * Opens the index of shards, or makes it, which a bar shows. Other data are returned as they are.
     *
     * @param err where the bar is shown
     */
    static SampleSource indexed(SampleSource source, PrintWriter err) throws IOException {
        try (StagedProgress progress = new StagedProgress(err)) {
            return DataIndex.of(
                    source,
                    CacheFolders.ofUser().resolve("glip/indexes"),
                    (shards, all) -> progress.update("index", shards, all));
        }
    }

    /**
     * Tells what a pass will leave out, as far as is known: a run of one pass ends at its last good sample, and would
     * not meet what is damaged behind it.
     */
    static void tellLeftOut(SampleSource source, PrintWriter err) {
        if (source.leftOut().total() > 0) {
            err.println("glip: of every pass over " + source.describe() + ", "
                    + source.leftOut().summary());
        }
    }

    /**
     * Requires that data can be loaded in any order, and are not mostly bad.
     *
     * @param loading with an order over all samples
     * @param err told what is left out
     * @throws IOException if they cannot, or more of them is bad than may be
     */
    static void requireWhole(SampleSource source, LoaderConfig loading, PrintWriter err) throws IOException {
        SampleOrder order = new SampleOrder(loading.seed(), loading.shuffleBuffer());
        if (source.numbered(0, order).isEmpty()) {
            throw new IOException(source.describe() + " cannot be read in any order: use --shuffle with a number");
        }
        tellLeftOut(source, err);
        BadShare share = BadShare.before(source.countSamples(), source.leftOut(), loading.maxBadPercent());
        if (share.isTooLarge()) {
            throw new IOException(share.words() + " of " + source.describe() + ", and " + share.limit() + "; "
                    + source.leftOut().summary());
        }
    }
}
