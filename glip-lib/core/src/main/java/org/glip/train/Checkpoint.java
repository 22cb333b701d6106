package org.glip.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.apache.commons.io.file.PathUtils;
import org.glip.data.StreamPosition;
import org.glip.files.AtomicFile;
import org.glip.files.Json;
import org.glip.files.JsonFields;
import org.glip.model.ModelFolder;
import org.glip.model.weights.SafetensorsFile;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;

/**
 * A state of training on disk, from which a run goes on as if it had not stopped: a folder with the model, the
 * optimiser's state, and {@code state.json} that says where the run was, where it comes from, and the SHA-256 of the
 * other files.
 *
 * @param folder the checkpoint's folder
 * @param step optimiser steps done
 * @param samples pairs seen by this stage
 * @param position place in the stream of samples where the run goes on
 * @param configuration the stage's settings, as JSON; a run that goes on must have the same
 */
record Checkpoint(Path folder, long step, long samples, StreamPosition position, JsonObject configuration) {
    private static final String PREFIX = "step-";
    private static final String OPTIMIZER = "optimizer.safetensors";
    /** Where the stage stood, beside the weights. */
    static final String STATE = "state.json";

    /**
     * Writes a checkpoint and then removes the ones before it. The folder appears under its name only when all of it is
     * on disk.
     *
     * @param stage the stage's folder
     * @param loop the stage where it stands
     * @param prompts templates that fit the captions; null where they are not known
     * @param provenance where the stage comes from
     * @throws IOException where writing fails; earlier checkpoints are untouched then
     */
    static void write(Path stage, TrainingLoop loop, @Nullable PromptTemplates prompts, Provenance provenance)
            throws IOException {
        Path parent = stage.resolve(ModelFolder.CHECKPOINTS);
        Path target = parent.resolve(String.format(Locale.ROOT, "%s%08d", PREFIX, loop.step()));
        Checkpoint here = loop.state(target);
        Path part = parent.resolve("." + target.getFileName() + ".part");
        PathUtils.delete(part);
        Files.createDirectories(part);
        ModelFolder.write(part, loop.model(), prompts, Map.of("step", Long.toString(here.step)));
        SafetensorsFile.write(part.resolve(OPTIMIZER), loop.optimizerState(), Map.of());
        JsonObject state = new JsonObject();
        state.addProperty("step", here.step);
        state.addProperty("samples", here.samples);
        state.add("position", new Gson().toJsonTree(here.position));
        state.add("configuration", here.configuration);
        state.add(Provenance.NAME, provenance.toJson());
        state.add("sha256", sums(part));
        AtomicFile.writeText(
                part.resolve(STATE),
                new GsonBuilder().setPrettyPrinting().create().toJson(state) + "\n");
        PathUtils.delete(target);
        AtomicFile.move(part, target);
        removeOthers(parent, target);
    }

    private static JsonObject sums(Path folder) throws IOException {
        JsonObject sums = new JsonObject();
        for (String file : List.of(
                ModelFolder.WEIGHTS, ModelFolder.CONFIG, ModelFolder.PLAIN_CONFIG, ModelFolder.PROMPTS, OPTIMIZER)) {
            if (Files.exists(folder.resolve(file))) { // prompts need not be there
                sums.addProperty(file, sha256(folder.resolve(file)));
            }
        }
        return sums;
    }

    private static void removeOthers(Path parent, Path kept) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            for (Path folder : folders.filter(f -> !f.equals(kept)).toList()) {
                PathUtils.delete(folder);
            }
        }
    }

    /**
     * Finds the newest checkpoint of a stage and verifies it.
     *
     * @param stage the stage's folder
     * @return the checkpoint, or nothing where there is none
     * @throws IOException where one is there but damaged; the file is named
     */
    static Optional<Checkpoint> newest(Path stage) throws IOException {
        Path parent = stage.resolve(ModelFolder.CHECKPOINTS);
        if (!Files.isDirectory(parent)) {
            return Optional.empty();
        }
        Optional<Path> folder;
        try (Stream<Path> folders = Files.list(parent)) {
            folder = folders.filter(f -> f.getFileName().toString().startsWith(PREFIX))
                    .max(Comparator.comparing(f -> f.getFileName().toString()));
        }
        return folder.isEmpty() ? Optional.empty() : Optional.of(read(folder.get()));
    }

    private static Checkpoint read(Path folder) throws IOException {
        Path file = folder.resolve(STATE);
        JsonFields state = Json.read(file);
        for (Map.Entry<String, String> sum : state.object("sha256").allTexts().entrySet()) {
            if (!sha256(folder.resolve(sum.getKey())).equals(sum.getValue())) {
                throw new IOException(folder.resolve(sum.getKey()) + " is damaged: its SHA-256 is not the one in "
                        + STATE + ". Remove the checkpoint to start again.");
            }
        }
        return new Checkpoint(
                folder,
                state.whole("step"),
                state.whole("samples"),
                position(state.object("position"), file),
                state.object("configuration").raw());
    }

    private static StreamPosition position(JsonFields fields, Path file) throws IOException {
        long epoch = fields.whole("epoch");
        long candidate = fields.whole("candidate");
        long sample = fields.whole("sample");
        try {
            return new StreamPosition(epoch, candidate, sample);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Opens the optimiser's state; to be closed. */
    SafetensorsFile optimizer() throws IOException {
        return SafetensorsFile.open(folder.resolve(OPTIMIZER));
    }

    private static String sha256(Path file) throws IOException {
        return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file);
    }
}
