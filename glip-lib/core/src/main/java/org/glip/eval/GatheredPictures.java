package org.glip.eval;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.SampleSource;
import org.glip.data.SkipCounts;
import org.glip.files.Json;
import org.glip.files.JsonFields;
import org.glip.model.weights.SafetensorsFile.RowSource;
import org.glip.parts.PartFile;

/** The pictures of a set that were embedded elsewhere, in their order. */
final class GatheredPictures {
    private static final String SKIPPED = "skipped";

    private final SampleSource source;
    private final List<float[]> rows = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> captions = new ArrayList<>();
    private final List<JsonObject> metadata = new ArrayList<>();
    private SkipCounts skipped;

    /** @param source the set, which tells what it leaves out itself */
    GatheredPictures(SampleSource source) {
        this.source = source;
        this.skipped = source.leftOut();
    }

    static JsonObject notes(SkipCounts skipped) {
        JsonObject notes = new JsonObject();
        notes.add(SKIPPED, skipped.toJson());
        return notes;
    }

    /** Adds those of a part. */
    void add(String section, PartFile file) throws IOException {
        RowSource source = file.read(section);
        for (float[] some = source.next(); some != null; some = source.next()) {
            rows.add(some);
        }
        addSamples(file.about(section));
        skipped = skipped.plus(SkipCounts.read(file.notes(section).object(SKIPPED)));
    }

    /** Adds those of a batch that another process tells; an empty text for none. */
    void add(String told) throws IOException {
        if (!told.isEmpty()) {
            JsonFields batch = Json.parse(told, "what another rank tells");
            rows.add(SampleLines.features(batch.text(SampleLines.FEATURES)));
            addSamples(batch.objects(SampleLines.SAMPLES));
        }
    }

    /** Adds the counts that another process tells. */
    void addSkipped(String told) throws IOException {
        skipped = skipped.plus(SkipCounts.read(Json.parse(told, "what another rank tells")));
    }

    /** Adds those of what follows. */
    void add(GatheredPictures next) {
        rows.addAll(next.rows);
        keys.addAll(next.keys);
        captions.addAll(next.captions);
        metadata.addAll(next.metadata);
    }

    private void addSamples(List<JsonFields> samples) throws IOException {
        for (JsonFields sample : samples) {
            keys.add(sample.text(SampleLines.KEY));
            captions.add(sample.text(SampleLines.CAPTION));
            metadata.add(sample.object(SampleLines.METADATA).raw());
        }
    }

    /**
     * All of them.
     *
     * @throws IOException where there is none
     */
    PictureEmbedding.Found found() throws IOException {
        if (keys.isEmpty()) {
            throw new IOException("No picture of " + source.describe() + " decodes (" + skipped.summary() + ")");
        }
        int total = rows.stream().mapToInt(some -> some.length).sum();
        float[] all = new float[total];
        int position = 0;
        for (float[] some : rows) {
            System.arraycopy(some, 0, all, position, some.length);
            position += some.length;
        }
        Features features = new Features(keys.size(), total / keys.size(), all);
        return new PictureEmbedding.Found(new EmbeddedSet(features, keys, captions, metadata), skipped);
    }
}
