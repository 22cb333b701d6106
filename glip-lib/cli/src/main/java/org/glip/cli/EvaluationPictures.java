package org.glip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.glip.data.SampleSource;
import org.glip.engine.ProcessGroup;
import org.glip.eval.PictureEmbedding;
import org.glip.parts.Part;
import org.glip.parts.PartSet;
import org.glip.parts.RunIdentity;
import org.jspecify.annotations.Nullable;

/** The pictures of an evaluation, embedded by this process, by several ranks, or before, in parts. */
final class EvaluationPictures implements EvaluationTasks.Pictures, AutoCloseable {
    private final Path out;
    private final @Nullable Part part;
    private final @Nullable RunIdentity run;
    private final ProcessGroup ranks;
    private final StagedProgress progress;
    private final @Nullable PartSet merged;

    /**
     * @param out the result, beside which the files of parts lie
     * @param run what these are parts of; null where the work is not divided
     * @param err for the bars
     * @throws IOException if parts are to be put together that are not there, or damaged
     */
    EvaluationPictures(Path out, PartOptions parts, @Nullable RunIdentity run, ProcessGroup ranks, PrintWriter err)
            throws IOException {
        this.out = out;
        this.part = parts.part();
        this.run = run;
        this.ranks = ranks;
        this.progress = new StagedProgress(err);
        Integer all = parts.merge();
        this.merged = all == null ? null : PartSet.open(out, all, Objects.requireNonNull(run));
    }

    StagedProgress progress() {
        return progress;
    }

    private void tell(String set, long done) {
        String pictures = set.equals(EvaluationTasks.TEST) ? "pictures" : set + " pictures";
        progress.update(pictures, done, StagedProgress.UNKNOWN);
    }

    @Override
    public PictureEmbedding.Found find(PictureEmbedding embedding, String set, SampleSource source) throws IOException {
        if (merged != null) {
            return PictureEmbedding.merged(set, source, merged);
        }
        return ranks.isAlone()
                ? embedding.whole(set, source, this::tell)
                : embedding.ranked(set, source, ranks, this::tell);
    }

    /** Does a part of the work whose result another process, or a later one, makes. */
    void help(PictureEmbedding embedding, Map<String, SampleSource> sets) throws IOException {
        if (part != null) {
            embedding.writePart(out, sets, part, Objects.requireNonNull(run), this::tell);
            return;
        }
        for (Map.Entry<String, SampleSource> set : sets.entrySet()) {
            embedding.ranked(set.getKey(), set.getValue(), ranks, (name, done) -> {}); // the first rank shows bars
        }
    }

    @Override
    public void close() {
        progress.close();
    }
}
