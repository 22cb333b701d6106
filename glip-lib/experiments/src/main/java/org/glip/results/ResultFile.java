package org.glip.results;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.glip.files.AtomicFile;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;
import org.glip.mask.Mask;
import org.glip.stats.Hits;
import org.glip.train.Provenance;

/**
 * The result of one run as a JSON file. Tables and charts are drawn from such files only.
 *
 * <p>Its fields are {@code schema} (1), {@code method}, {@code mask} (kind, ratio, sigma), {@code seed},
 * {@code labels}, {@code metrics} and {@code provenance}; and, where the run tells which images it got right,
 * {@code hits}: by the name of the evaluation, the number of {@code images} and their bits as Base64, {@code right}
 * (see {@link Hits#toBase64}).
 */
public final class ResultFile {
    private static final int SCHEMA = 1;

    private ResultFile() {}

    /**
     * Writes a result, whole or not at all, replacing a file that is there.
     *
     * @param file the file
     * @param result what the run found
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, RunResult result) throws IOException {
        AtomicFile.writeText(file, Json.pretty(toJson(result)));
    }

    private static JsonObject toJson(RunResult result) {
        RunSettings settings = result.settings();
        JsonObject mask = new Gson().toJsonTree(settings.mask(), Mask.class).getAsJsonObject();
        mask.addProperty("kind", settings.mask().name());
        JsonObject labels = new JsonObject();
        settings.labels().forEach(labels::addProperty);
        JsonObject metrics = new JsonObject();
        result.metrics().forEach(metrics::addProperty);
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.addProperty("method", settings.method());
        json.add("mask", mask);
        json.addProperty("seed", settings.seed());
        json.add("labels", labels);
        json.add("metrics", metrics);
        if (!result.hits().isEmpty()) {
            json.add("hits", toJson(result.hits()));
        }
        json.add("provenance", result.provenance().toJson());
        return json;
    }

    private static JsonObject toJson(Map<String, Hits> hits) {
        JsonObject json = new JsonObject();
        hits.forEach((name, ofTest) -> {
            JsonObject bits = new JsonObject();
            bits.addProperty("images", ofTest.images());
            bits.addProperty("right", ofTest.toBase64());
            json.add(name, bits);
        });
        return json;
    }

    /**
     * Reads a result.
     *
     * @param file the file
     * @return the result
     * @throws ResultFileException if the file is no JSON, has another schema, lacks a field, or a field makes no sense
     * @throws IOException if the file cannot be read
     */
    public static RunResult read(Path file) throws IOException {
        try {
            return result(file, Json.read(file));
        } catch (NoSuchFileException e) {
            throw new ResultFileException(file, "there is no such file");
        } catch (JsonException e) {
            throw new ResultFileException(e);
        } catch (IllegalArgumentException e) {
            throw new ResultFileException(file, e.getMessage());
        }
    }

    private static RunResult result(Path file, JsonFields fields) throws IOException {
        long schema = fields.whole("schema");
        if (schema != SCHEMA) {
            throw new ResultFileException(
                    file,
                    "it has schema " + schema + ", but this version of the library reads schema " + SCHEMA
                            + "; make it again, or read it with the version that wrote it");
        }
        return new RunResult(
                settings(fields),
                fields.object("metrics").allNumbers(),
                fields.has("hits") ? hits(fields.object("hits")) : Map.of(),
                Provenance.of(fields.object("provenance")));
    }

    private static RunSettings settings(JsonFields fields) throws JsonException {
        JsonFields mask = fields.object("mask");
        boolean hasMore = mask.has("lastSigma") || mask.has("map");
        Mask config = hasMore
                ? new Gson().fromJson(mask.raw(), Mask.class)
                : Mask.ofFields(mask.text("kind"), mask.number("ratio"), mask.number("sigma"));
        return new RunSettings(
                fields.text("method"),
                config,
                fields.whole("seed"),
                fields.object("labels").allTexts());
    }

    private static Map<String, Hits> hits(JsonFields fields) throws JsonException {
        Map<String, Hits> hits = new LinkedHashMap<>();
        for (String name : fields.names()) {
            JsonFields bits = fields.object(name);
            try {
                hits.put(name, Hits.parse(bits.integer("images"), bits.text("right")));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the hits of \"" + name + "\" are damaged: " + e.getMessage());
            }
        }
        return hits;
    }

    /**
     * Reads all results of a folder, its files {@code *.json} by name. A file that cannot be used is an error, not a
     * gap in a table.
     *
     * @param folder the folder
     * @return the results
     * @throws ResultFileException if a file cannot be used, or there is none
     * @throws IOException if the folder cannot be read
     */
    public static List<RunResult> readFolder(Path folder) throws IOException {
        List<RunResult> results = new ArrayList<>();
        for (Path file : list(folder)) {
            results.add(read(file));
        }
        return results;
    }

    /**
     * The result files of a folder, by name.
     *
     * @throws ResultFileException if there is none
     */
    static List<Path> list(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            throw new ResultFileException(folder, "there is no such folder");
        }
        if (files.isEmpty()) {
            throw new ResultFileException(folder, "there is no result file (*.json) in this folder");
        }
        return files;
    }

    /**
     * Returns the result of a run that was done before, if there is one and it is the same run. Versions, command and
     * date may differ.
     *
     * @param file where the run's result is kept
     * @param settings what the run would be now
     * @param data the data it would use, as {@link Provenance#data}
     * @param configuration its configuration, as {@link Provenance#configuration}
     * @return the result, or nothing if there is no file
     * @throws ResultFileException if the file holds another run or cannot be used; the message names the difference
     * @throws IOException if the file cannot be read
     */
    public static Optional<RunResult> readIfDone(
            Path file, RunSettings settings, String data, Map<String, String> configuration) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        RunResult done = read(file);
        requireSame(file, "method", done.settings().method(), settings.method());
        requireSame(file, "mask", done.settings().mask(), settings.mask());
        requireSame(file, "seed", done.settings().seed(), settings.seed());
        requireSame(file, "labels", done.settings().labels(), settings.labels());
        requireSame(file, "data", done.provenance().data(), data);
        requireSame(file, "configuration", done.provenance().configuration(), configuration);
        return Optional.of(done);
    }

    private static void requireSame(Path file, String field, Object found, Object expected) throws ResultFileException {
        if (!found.equals(expected)) {
            throw new ResultFileException(
                    file,
                    "it holds another run: its " + field + " is " + Excerpt.of(found.toString(), expected.toString())
                            + ", but this run has " + Excerpt.of(expected.toString(), found.toString())
                            + "; delete the file or choose another name");
        }
    }
}
