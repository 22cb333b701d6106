package org.glip.eval;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.BatchLoader;
import org.glip.data.SampleRange;
import org.glip.data.SampleSource;
import org.glip.data.SkipCounts;
import org.glip.parts.Section;
import org.glip.text.ClipTokenizer;
import org.jspecify.annotations.Nullable;

/** The pictures of a part, embedded batch after batch. Reading begins with the first batch. */
final class PartPictures implements AutoCloseable {
    private final PictureEmbedding embedding;
    private final SampleSource source;
    private final SampleRange range;
    private @Nullable BatchLoader loader;

    PartPictures(PictureEmbedding embedding, SampleSource source, SampleRange range) {
        this.embedding = embedding;
        this.source = source;
        this.range = range;
    }

    /** The next batch; null at the end. */
    @Nullable
    EmbeddedSet next() {
        if (range.isEmpty()) {
            return null;
        }
        if (loader == null) {
            loader = BatchLoader.part(source, ClipTokenizer.load(), embedding.loading(), range);
        }
        if (!loader.hasNext()) {
            return null;
        }
        PictureEmbedding.View view = embedding.view();
        return embedding.embedder().images(List.of(loader.next()).iterator(), view.mask(), view.seed(), view.draws());
    }

    /** What could not be used of the pictures so far. */
    SkipCounts skipped() {
        return loader == null
                ? SkipCounts.NONE
                : new SkipCounts(loader.skipped().counts());
    }

    /** All of it, for the file of a part. */
    Section section(String name, PictureEmbedding.Progress progress) {
        List<JsonObject> lines = new ArrayList<>();
        return new Section(
                name,
                embedding.embedder().dimension(),
                () -> {
                    progress.update(name, lines.size());
                    EmbeddedSet batch = next();
                    if (batch == null) {
                        return null;
                    }
                    lines.addAll(SampleLines.of(batch));
                    return batch.images().values();
                },
                () -> lines,
                () -> GatheredPictures.notes(skipped()));
    }

    @Override
    public void close() {
        if (loader != null) {
            loader.close();
        }
    }
}
