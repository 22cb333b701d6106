package org.glip.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesSplit;
import org.glip.scenes.ScenesVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip scenes}. */
@Command(
        name = "scenes",
        description = "Prepare the Scenes data set from the fetched packages, or tell where it is:"
                + " {\"folder\": ..., \"splits\": {\"train\": {\"samples\": n, \"shards\": [...]}, ...}}.")
final class ScenesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--recipe",
            defaultValue = "v2",
            paramLabel = "VERSION",
            description = "v2, or v1: nine styles, all emoji, tested in the odd style (default: ${DEFAULT-VALUE}).")
    private String version;

    @Option(names = "--sharp", description = "The photographs behind the objects are in focus.")
    private boolean sharp;

    @Option(
            names = "--all-concepts",
            description = "People, faces, symbols and flags as well, not only things told apart by their look.")
    private boolean allConcepts;

    @Option(
            names = "--varied",
            description =
                    "The drawings of the training pictures are turned, stretched and recoloured a little, each time"
                            + " otherwise: for long trainings.")
    private boolean varied;

    @Option(
            names = "--preset",
            defaultValue = "centred",
            paramLabel = "NAME",
            description = "centred, loose, uniform, full-frame or mosaic (default: ${DEFAULT-VALUE}).")
    private String preset;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The folder that was given to data-scripts/fetch-scenes.sh; with --mini any folder.")
    private Path data;

    @Option(names = "--train-samples", paramLabel = "N", description = "Training pictures (default: 60000).")
    private @Nullable Integer trainSamples;

    @Option(names = "--image-size", paramLabel = "N", description = "Side of a picture in pixels (default: 64).")
    private @Nullable Integer imageSize;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the data (default: 0).")
    private @Nullable Long seed;

    @Option(names = "--mini", description = "Use the few drawings that the library carries: no download needed.")
    private boolean mini;

    @Override
    public Integer call() throws IOException {
        ScenesPreset where = ScenesPreset.parse(preset);
        ScenesConfig config = ScenesVersion.parse(version) == ScenesVersion.V1
                ? ScenesConfig.ofVersion1(where)
                : ScenesConfig.of(where);
        config = sharp ? config.withFocus(ScenesConfig.Focus.SHARP) : config;
        config = allConcepts ? config.withConcepts(ScenesConfig.ConceptSet.ALL) : config;
        config = varied ? config.withVaried(true) : config;
        config = trainSamples == null ? config : config.withTrainSamples(trainSamples);
        config = imageSize == null ? config : config.withImageSize(imageSize);
        config = seed == null ? config : config.withSeed(seed);
        try (StagedProgress progress = new StagedProgress(spec.commandLine().getErr())) {
            Scenes scenes = mini ? Scenes.openMini(data, config, progress) : Scenes.open(data, config, progress);
            spec.commandLine().getOut().println(toJson(scenes));
        }
        return 0;
    }

    private static JsonObject toJson(Scenes scenes) throws IOException {
        JsonObject splits = new JsonObject();
        for (ScenesSplit split : ScenesSplit.of(scenes.config().version())) {
            JsonArray shards = new JsonArray();
            scenes.shards(split).forEach(shard -> shards.add(shard.toString()));
            JsonObject entry = new JsonObject();
            entry.addProperty("samples", scenes.samples(split));
            entry.add("shards", shards);
            splits.add(split.id(), entry);
        }
        JsonObject json = new JsonObject();
        json.addProperty("folder", scenes.folder().toString());
        json.add("splits", splits);
        return json;
    }
}
