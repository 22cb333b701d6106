package org.glip.train;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.glip.engine.Torch;
import org.glip.model.ModelFolder;
import org.jspecify.annotations.Nullable;

/**
 * Where a result comes from: what is needed to make it again.
 *
 * @param command what was run, as a person would type it
 * @param data the data, with its version
 * @param configuration settings of model, mask, optimiser and seeds, by name
 * @param versions this library with its commit, engine, Java, operating system and processors
 * @param date when it was made, UTC to the second, ISO 8601
 */
public record Provenance(
        String command, String data, Map<String, String> configuration, Map<String, String> versions, String date) {
    /** Its name in the header of weights and in the state of a checkpoint. */
    static final String NAME = "provenance";

    /** Copies the maps, keeping their order. */
    public Provenance {
        configuration = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        versions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /**
     * Provenance of something made here and now.
     *
     * @param command what was run
     * @param data the data
     * @param configuration settings by name
     * @return the provenance
     */
    public static Provenance here(String command, String data, Map<String, String> configuration) {
        return new Provenance(
                command,
                data,
                configuration,
                currentVersions(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /**
     * Reads where stored weights come from: a finished model says it among its weights, a checkpoint beside them.
     *
     * @param modelOrRun a folder with weights, a stage's folder, or a file of weights
     * @return the provenance, or nothing where the weights come from elsewhere and do not tell
     * @throws IOException where there are no weights, or what they say is damaged
     */
    public static Optional<Provenance> read(Path modelOrRun) throws IOException {
        Path weights = ModelFolder.weights(modelOrRun);
        try {
            String inHeader = ModelFolder.metadata(weights).get(NAME);
            if (inHeader != null) {
                return Optional.of(parse(JsonParser.parseString(inHeader).getAsJsonObject()));
            }
            Path state = weights.resolveSibling(Checkpoint.STATE);
            if (!Files.isRegularFile(state)) {
                return Optional.empty();
            }
            JsonObject beside = JsonParser.parseString(Files.readString(state))
                    .getAsJsonObject()
                    .getAsJsonObject(NAME);
            return Optional.ofNullable(beside).map(Provenance::parse);
        } catch (JsonParseException | ClassCastException | IllegalStateException e) {
            throw new IOException("the provenance of " + weights + " is damaged: " + e.getMessage(), e);
        }
    }

    /** What is missing counts as empty. */
    private static Provenance parse(JsonObject json) {
        return new Provenance(
                text(json, "command"),
                text(json, "data"),
                texts(json.getAsJsonObject("configuration")),
                texts(json.getAsJsonObject("versions")),
                text(json, "date"));
    }

    private static String text(JsonObject json, String name) {
        return json.has(name) ? json.get(name).getAsString() : "";
    }

    private static Map<String, String> texts(@Nullable JsonObject json) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (json != null) {
            json.entrySet()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
        }
        return texts;
    }

    /** As a text among stored weights. */
    Map<String, String> asMetadata() {
        return Map.of(NAME, toJson().toString());
    }

    private static Map<String, String> currentVersions() {
        Properties build = new Properties();
        try (InputStream in = Provenance.class.getResourceAsStream("/org/glip/build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("glip", build.getProperty("version", "unknown"));
        versions.put("commit", commit(build));
        versions.put("engine", Torch.version());
        versions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        versions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return versions;
    }

    /** The commit that was built, marked where files differed from it; outside a checkout the build leaves its place holder. */
    private static String commit(Properties build) {
        String commit = build.getProperty("commit", "");
        if (commit.isEmpty() || commit.startsWith("$")) {
            return "unknown";
        }
        return commit + (build.getProperty("dirty", "").equals("true") ? " with changes" : "");
    }

    /**
     * As JSON.
     *
     * @return an object of the same names
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("command", command);
        json.addProperty("data", data);
        json.add("configuration", object(configuration));
        json.add("versions", object(versions));
        json.addProperty("date", date);
        return json;
    }

    private static JsonObject object(Map<String, String> map) {
        JsonObject object = new JsonObject();
        map.forEach(object::addProperty);
        return object;
    }
}
