package org.glip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.glip.data.BadShare;
import org.glip.data.DataIndex;
import org.glip.data.IndexProgress;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleOrder;
import org.glip.data.SampleSource;
import org.glip.engine.CacheFolders;
import org.glip.engine.ProcessGroup;
import org.glip.files.Interruption;

/** Data of which is known, before a run begins, how many samples they have and where each lies. */
final class KnownData {
    /** What the first rank tells the others while it makes the index. */
    private static final String WAIT = "wait";

    private KnownData() {}

    /**
     * Opens the index of shards, or makes it, which a bar shows. Other data are returned as they are.
     *
     * @param err where the bar is shown
     */
    static SampleSource indexed(SampleSource source, PrintWriter err) throws IOException {
        try (StagedProgress progress = new StagedProgress(err)) {
            return indexed(source, (shards, all) -> progress.update("index", shards, all));
        }
    }

    /**
     * Opens the index of shards if it is needed; of several processes the first makes it, where there is none, and the
     * others wait for it: it tells them of each shard, so that their patience begins anew. To be called by all.
     *
     * @param needed whether these settings need it; where the ranks differ in that, which they are told later, none
     *     waits for another
     * @param err where the bar is shown
     * @param ranks the processes
     */
    static SampleSource indexed(SampleSource source, boolean needed, PrintWriter err, ProcessGroup ranks)
            throws IOException {
        if (ranks.isAlone() || !ranks.tell(needed ? WAIT : "").stream().allMatch(WAIT::equals)) {
            return needed ? indexed(source, err) : source;
        }
        if (ranks.isFirst()) {
            try (StagedProgress progress = new StagedProgress(err)) {
                return indexed(source, (shards, all) -> {
                    progress.update("index", shards, all);
                    ranks.tell(WAIT);
                });
            } finally {
                ranks.tell("");
            }
        }
        while (ranks.tell("").get(0).equals(WAIT)) {
            Interruption.check("waiting for the index");
        }
        return indexed(source, (shards, all) -> {}); // where it could not be kept, each makes its own
    }

    /** Opens the index of shards where there is one, and makes none. */
    static SampleSource ifIndexed(SampleSource source) throws IOException {
        return DataIndex.ifMade(source, folder());
    }

    private static SampleSource indexed(SampleSource source, IndexProgress progress) throws IOException {
        return DataIndex.of(source, folder(), progress);
    }

    private static Path folder() {
        return CacheFolders.ofUser().resolve("glip/indexes");
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
