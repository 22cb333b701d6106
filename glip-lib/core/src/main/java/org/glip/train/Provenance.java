package org.glip.train;

import ai.djl.Device;
import com.google.gson.JsonObject;
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
import org.glip.engine.Devices;
import org.glip.engine.Torch;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;
import org.glip.model.ModelFolder;

/**
 * Where a result comes from: what is needed to make it again.
 *
 * @param command what was run, as a person would type it
 * @param data the data, with its version
 * @param configuration settings of model, mask, optimiser and seeds, by name
 * @param details what making it again takes besides and what tells no two runs apart, by name, such as where the data
 *     lay; may be empty
 * @param versions this library with its commit, engine, device, Java, operating system, processors and what kind they
 *     are; older ones, without a device, were made on a CPU
 * @param date when it was made, UTC to the second, ISO 8601
 */
public record Provenance(
        String command,
        String data,
        Map<String, String> configuration,
        Map<String, String> details,
        Map<String, String> versions,
        String date) {
    /** Its name in the header of weights and in the state of a checkpoint. */
    static final String NAME = "provenance";

    /** Among the versions: where it was computed. */
    public static final String DEVICE = "device";

    private static final String DETAILS = "details";

    /** Copies the maps, keeping their order. */
    public Provenance {
        configuration = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        details = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(details));
        versions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /**
     * Provenance without details.
     *
     * @param command what was run
     * @param data the data
     * @param configuration settings by name
     * @param versions versions by name
     * @param date when
     */
    public Provenance(
            String command, String data, Map<String, String> configuration, Map<String, String> versions, String date) {
        this(command, data, configuration, Map.of(), versions, date);
    }

    /**
     * Returns provenance of something made here and now.
     *
     * @param command what was run
     * @param data the data
     * @param configuration settings by name
     * @return the provenance, without details
     */
    public static Provenance here(String command, String data, Map<String, String> configuration) {
        return here(command, data, configuration, Map.of());
    }

    /**
     * Returns provenance of something made here and now.
     *
     * @param command what was run
     * @param data the data
     * @param configuration settings by name
     * @param details what making it again takes besides, by name
     * @return the provenance
     */
    public static Provenance here(
            String command, String data, Map<String, String> configuration, Map<String, String> details) {
        return here(command, data, configuration, details, Devices.preferred());
    }

    /**
     * Returns provenance of something made here and now.
     *
     * @param command what was run
     * @param data the data
     * @param configuration settings by name
     * @param details what making it again takes besides, by name
     * @param device where it was computed
     * @return the provenance
     */
    public static Provenance here(
            String command,
            String data,
            Map<String, String> configuration,
            Map<String, String> details,
            Device device) {
        return new Provenance(
                command,
                data,
                configuration,
                details,
                currentVersions(device),
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
        String inHeader = ModelFolder.metadata(weights).get(NAME);
        if (inHeader != null) {
            return Optional.of(parse(Json.parse(inHeader, "the provenance of " + weights)));
        }
        Path file = weights.resolveSibling(Checkpoint.STATE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonFields state = Json.read(file);
        return state.has(NAME) ? Optional.of(parse(state.object(NAME))) : Optional.empty();
    }

    /**
     * Reads what {@link #toJson} gave.
     *
     * @param json the object; details may be missing, as in older files
     * @return the provenance
     * @throws JsonException if another field is missing, or one is of another kind
     */
    public static Provenance of(JsonFields json) throws JsonException {
        return new Provenance(
                json.text("command"),
                json.text("data"),
                json.object("configuration").allTexts(),
                texts(json, DETAILS),
                json.object("versions").allTexts(),
                json.text("date"));
    }

    /** What is missing counts as empty. */
    private static Provenance parse(JsonFields json) throws JsonException {
        return new Provenance(
                text(json, "command"),
                text(json, "data"),
                texts(json, "configuration"),
                texts(json, DETAILS),
                texts(json, "versions"),
                text(json, "date"));
    }

    private static String text(JsonFields json, String name) throws JsonException {
        return json.has(name) ? json.text(name) : "";
    }

    private static Map<String, String> texts(JsonFields json, String name) throws JsonException {
        return json.has(name) ? json.object(name).allTexts() : Map.of();
    }

    /** The same with other details. */
    Provenance with(Map<String, String> newDetails) {
        return new Provenance(command, data, configuration, newDetails, versions, date);
    }

    /** As a text among stored weights. */
    Map<String, String> asMetadata() {
        return Map.of(NAME, toJson().toString());
    }

    private static Map<String, String> currentVersions(Device device) {
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
        versions.put(DEVICE, Devices.describe(device));
        versions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        versions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        versions.put("processor", Torch.processor());
        return versions;
    }

    /**
     * The commit that was built, marked where files differed from it; outside a checkout the build leaves its place
     * holder.
     */
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
     * @return an object of the same names, in which details are left out if there are none
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("command", command);
        json.addProperty("data", data);
        json.add("configuration", object(configuration));
        if (!details.isEmpty()) {
            json.add(DETAILS, object(details));
        }
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
