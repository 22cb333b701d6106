package org.glip.train;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.glip.engine.Torch;

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
