package org.glip.train;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
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
 * optimiser's state, and {@code state.json} that says where the run was, where it comes from, the SHA-256 of the other
 * files, and that of itself. {@link CheckpointFolder} keeps several.
 *
 * @param folder the checkpoint's folder
 * @param step optimiser steps done
 * @param samples pairs seen by this stage
 * @param position place in the stream of samples where the run goes on
 * @param configuration the stage's settings, as JSON
 * @param provenance where the stage comes from
 */
record Checkpoint(
        Path folder,
        long step,
        long samples,
        StreamPosition position,
        JsonObject configuration,
        Provenance provenance) {
    /** Where the stage stood, beside the weights. */
    static final String STATE = "state.json";

    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String SUMS = "sha256";
    /** Of the state itself without this field. */
    private static final String CHECKSUM = "checksum";

    private static final List<String> ALWAYS =
            List.of(ModelFolder.WEIGHTS, ModelFolder.CONFIG, ModelFolder.PLAIN_CONFIG, OPTIMIZER);

    /** All files that a checkpoint may have; the state, which makes it one, first. */
    static final List<String> FILES = List.of(
            STATE, ModelFolder.WEIGHTS, ModelFolder.CONFIG, ModelFolder.PLAIN_CONFIG, ModelFolder.PROMPTS, OPTIMIZER);

    /**
     * Finds the newest sound checkpoint of a stage.
     *
     * @param stage the stage's folder
     * @return the checkpoint, or nothing where there is none
     * @throws IOException where some are there but all damaged; a file is named
     */
    static Optional<Checkpoint> newest(Path stage) throws IOException {
        return new CheckpointFolder(stage).newest();
    }

    /**
     * Writes a checkpoint; its state, without which the others are nothing, comes last.
     *
     * @param folder an empty folder
     * @param loop the stage where it stands
     * @param prompts templates that fit the captions; null where they are not known
     * @param provenance where the stage comes from
     * @throws IOException where writing fails
     */
    static void write(Path folder, TrainingLoop loop, @Nullable PromptTemplates prompts, Provenance provenance)
            throws IOException {
        ModelFolder.write(folder, loop.model(), prompts, Map.of("step", Long.toString(loop.step())));
        SafetensorsFile.write(folder.resolve(OPTIMIZER), loop.optimizerState(), Map.of());
        JsonObject state = new JsonObject();
        state.addProperty("step", loop.step());
        state.addProperty("samples", loop.samples());
        state.add("position", loop.position().toJson());
        state.add("configuration", loop.configuration());
        state.add(Provenance.NAME, provenance.toJson());
        state.add(SUMS, sums(folder));
        state.addProperty(CHECKSUM, checksum(state));
        AtomicFile.writeText(folder.resolve(STATE), Json.pretty(state));
    }

    private static JsonObject sums(Path folder) throws IOException {
        JsonObject sums = new JsonObject();
        for (String file : FILES) {
            if (!file.equals(STATE) && Files.exists(folder.resolve(file))) { // prompts need not be there
                sums.addProperty(file, sha256(folder.resolve(file)));
            }
        }
        return sums;
    }

    /**
     * Reads a checkpoint and compares all its files with their sums.
     *
     * @throws IOException where a file, a field or a sum is missing or damaged; it is named
     */
    static Checkpoint read(Path folder) throws IOException {
        Path file = folder.resolve(STATE);
        JsonFields state = Json.read(file);
        Checkpoint checkpoint = new Checkpoint(
                folder,
                state.whole("step"),
                state.whole("samples"),
                position(state.object("position"), file),
                state.object("configuration").raw(),
                Provenance.of(state.object(Provenance.NAME)));
        Map<String, String> sums = state.object(SUMS).allTexts();
        requireOwnSum(state, file);
        requireSums(folder, sums);
        return checkpoint;
    }

    private static void requireOwnSum(JsonFields state, Path file) throws IOException {
        if (!state.has(CHECKSUM)) {
            throw new IOException(file + ": \"" + CHECKSUM + "\" is missing: the file is damaged, or of a version"
                    + " before 0.2, whose weights can be gone on from by --init, not by --resume");
        }
        if (!state.text(CHECKSUM).equals(checksum(state.raw()))) {
            throw new IOException(file + " is damaged: its \"" + CHECKSUM + "\" is not that of its content");
        }
    }

    private static void requireSums(Path folder, Map<String, String> sums) throws IOException {
        for (String name : ALWAYS) {
            if (!sums.containsKey(name)) {
                throw new IOException(folder.resolve(STATE) + ": \"" + SUMS + "." + name + "\" is missing");
            }
        }
        boolean prompts = Files.exists(folder.resolve(ModelFolder.PROMPTS));
        if (prompts && !sums.containsKey(ModelFolder.PROMPTS)) {
            throw new IOException(folder.resolve(ModelFolder.PROMPTS) + " does not belong to the checkpoint: " + STATE
                    + " has no sum of it");
        }
        for (Map.Entry<String, String> sum : sums.entrySet()) {
            if (!FILES.contains(sum.getKey())) {
                throw new IOException(
                        folder.resolve(STATE) + ": \"" + SUMS + "." + sum.getKey() + "\" is no file of a checkpoint");
            }
            if (!sha256(folder.resolve(sum.getKey())).equals(sum.getValue())) {
                throw new IOException(
                        folder.resolve(sum.getKey()) + " is damaged: its SHA-256 is not the one in " + STATE);
            }
        }
    }

    private static StreamPosition position(JsonFields fields, Path file) throws IOException {
        try {
            return StreamPosition.read(fields);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Opens the optimiser's state; to be closed. */
    SafetensorsFile optimizer() throws IOException {
        return SafetensorsFile.open(folder.resolve(OPTIMIZER));
    }

    /** Of the fields as they stand; how they are indented does not count. */
    private static String checksum(JsonObject state) {
        JsonObject content = state.deepCopy();
        content.remove(CHECKSUM);
        return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(content.toString());
    }

    private static String sha256(Path file) throws IOException {
        return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file);
    }
}
