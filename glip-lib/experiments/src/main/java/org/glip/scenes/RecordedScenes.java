package org.glip.scenes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * Scenes as a result file's provenance describes them ({@link Scenes#recipe}), to be composed anew. The recipe names
 * the packages and their digests, so that what this library composes is either the same pictures or refused.
 *
 * @param config what to compose
 * @param isMini whether from the few drawings that the library carries
 */
public record RecordedScenes(ScenesConfig config, boolean isMini) {
    /**
     * Reads a recipe.
     *
     * @param recipe the JSON object
     * @param origin what messages call it
     * @return what it describes
     * @throws IOException if it is no recipe, or one of other pictures than this library composes: of another version,
     *     of other packages; the field is named
     */
    public static RecordedScenes parse(String recipe, String origin) throws IOException {
        JsonFields fields = Json.parse(recipe, origin);
        ScenesConfig config;
        try {
            config = config(fields);
        } catch (IllegalArgumentException e) {
            throw new IOException(origin + ": " + e.getMessage(), e);
        }
        boolean isMini = !fields.object("foregrounds").has("packages");
        JsonObject here = new ScenesPreparation(config, 1, ScenesProgress.NONE)
                .recipe(isMini ? MiniForegrounds.recipe() : ForegroundPreparation.recipe(config.version()));
        Optional<String> difference = difference("", fields.raw(), here);
        if (difference.isPresent()) {
            throw new IOException(origin + ": " + difference.get());
        }
        return new RecordedScenes(config, isMini);
    }

    private static ScenesConfig config(JsonFields recipe) throws JsonException {
        ScenesVersion version = parse("version", recipe, ScenesVersion::parse);
        boolean first = version == ScenesVersion.V1;
        return new ScenesConfig(
                version,
                parse("preset", recipe, ScenesPreset::parse),
                first ? ScenesConfig.Focus.SHARP : parse("focus", recipe, ScenesConfig.Focus::parse),
                first ? ScenesConfig.ConceptSet.ALL : parse("concepts", recipe, ScenesConfig.ConceptSet::parse),
                !first && recipe.truth("varied"),
                recipe.integer("trainSamples"),
                recipe.integer("imageSize"),
                recipe.whole("seed"));
    }

    private static <T> T parse(String field, JsonFields recipe, Function<String, T> parser) throws JsonException {
        String text = recipe.text(field);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + field + "\" is \"" + text + "\": " + e.getMessage(), e);
        }
    }

    /** What differs first, with the field's path. */
    private static Optional<String> difference(
            String path, @Nullable JsonElement recorded, @Nullable JsonElement here) {
        if (recorded instanceof JsonObject then && here instanceof JsonObject now) {
            Set<String> names = new LinkedHashSet<>(then.keySet());
            names.addAll(now.keySet());
            return names.stream()
                    .flatMap(name ->
                            difference(path.isEmpty() ? name : path + "." + name, then.get(name), now.get(name))
                                    .stream())
                    .findFirst();
        }
        return recorded != null && recorded.equals(here)
                ? Optional.empty()
                : Optional.of("\"" + path + "\" is " + (recorded == null ? "missing" : recorded)
                        + ", but Scenes as this library composes them have "
                        + (here == null ? "no such field" : here));
    }

    /**
     * Opens the data, which are composed if they are not there.
     *
     * @param dataRoot the folder that was given to {@code data-scripts/fetch-scenes.sh}, for mini any folder
     * @param progress told how far it is
     * @return the data
     * @throws IOException if a package is missing or damaged; the message says what to run
     */
    public Scenes open(Path dataRoot, ScenesProgress progress) throws IOException {
        return isMini ? Scenes.openMini(dataRoot, config, progress) : Scenes.open(dataRoot, config, progress);
    }
}
