package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.WebDatasetWriter;
import org.glip.files.Json;

/** Composes the shards of one preset. */
final class ScenesPreparation {
    static final String LABELS = "labels.json";
    /** About 20 MB at 64 pixels. */
    private static final int SAMPLES_PER_SHARD = 5000;

    private final ScenesConfig config;
    private final OrderedParallel parallel;
    private final ScenesProgress progress;

    /** @param threads how many compose; the result does not depend on it */
    ScenesPreparation(ScenesConfig config, int threads, ScenesProgress progress) {
        this.config = config;
        this.parallel = new OrderedParallel(threads);
        this.progress = progress;
    }

    /** What determines the shards, given what determines the foreground library. */
    JsonObject recipe(JsonObject foregrounds) throws IOException {
        JsonObject recipe = new JsonObject();
        recipe.addProperty("version", config.version().id());
        recipe.addProperty("preset", config.preset().id());
        if (config.version() != ScenesVersion.V1) {
            recipe.addProperty("focus", config.focus().id());
            recipe.addProperty("concepts", config.concepts().id());
            recipe.addProperty("sameDrawing", Likeness.SAME_DRAWING);
            recipe.addProperty("outlines", Sticker.RECIPE);
            recipe.addProperty("varied", config.varied());
        }
        recipe.addProperty("trainSamples", config.trainSamples());
        recipe.addProperty("imageSize", config.imageSize());
        recipe.addProperty("seed", config.seed());
        recipe.addProperty("backgrounds", DigestUtils.sha256Hex(ScenesResources.read(Backgrounds.TABLE)));
        recipe.add("foregrounds", foregrounds);
        return recipe;
    }

    /** Writes the shards of all splits, their labels and the licences; returns the counts. */
    JsonObject make(ForegroundLibrary library, Path folder) throws IOException {
        JsonObject counts = new JsonObject();
        JsonObject labels = new JsonObject();
        Splits splits = Splits.of(config, library);
        if (config.version() != ScenesVersion.V1) {
            counts.addProperty("nearDuplicates", splits.nearDuplicates());
        }
        for (ScenesSplit split : ScenesSplit.of(config.version())) {
            SplitPlan plan = new SplitPlan(split, splits, config);
            writeShards(new SceneComposer(config, plan), plan, folder);
            counts.addProperty(split.id(), plan.samples());
            labels.add(split.id(), ScenesLabels.of(plan.foregrounds(), library).toJson());
        }
        Files.writeString(folder.resolve(LABELS), Json.pretty(labels));
        ScenesLicences.write(folder, library.styles());
        return counts;
    }

    private void writeShards(SceneComposer composer, SplitPlan plan, Path folder) throws IOException {
        String stage = config.preset().id() + ": " + plan.split().id();
        for (int start = 0, shard = 0; start < plan.samples(); start += SAMPLES_PER_SHARD, shard++) {
            int first = start;
            Path file = folder.resolve(shardName(plan.split(), shard));
            try (WebDatasetWriter writer = new WebDatasetWriter(file)) {
                parallel.run(
                        Math.min(SAMPLES_PER_SHARD, plan.samples() - start),
                        index -> composer.compose(first + index),
                        (index, sample) -> {
                            writer.write(sample);
                            progress.update(stage, first + index + 1L, plan.samples());
                        });
                writer.commit();
            }
        }
    }

    static String shardName(ScenesSplit split, int shard) {
        return String.format(Locale.ROOT, "%s-%05d.tar", split.id(), shard);
    }
}
