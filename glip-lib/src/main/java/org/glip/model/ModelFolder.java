package org.glip.model;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.glip.files.AtomicFile;

/**
 * A model on disk: {@code model.safetensors} in open_clip's names and {@code config.json} in open_clip's form.
 */
public final class ModelFolder {
    /** The weights' file. */
    public static final String WEIGHTS = "model.safetensors";

    /** The configuration's file. */
    public static final String CONFIG = "config.json";

    private ModelFolder() {}

    /**
     * Writes a model; each file appears whole or not at all.
     *
     * @param folder target
     * @param model the model
     * @param metadata free texts for the weights' header
     * @throws IOException where writing fails
     */
    public static void write(Path folder, ClipModel model, Map<String, String> metadata) throws IOException {
        AtomicFile.writeText(folder.resolve(CONFIG), model.config().toJson());
        SafetensorsWriter.write(folder.resolve(WEIGHTS), model.tensors(), metadata);
    }

    /**
     * Loads a model.
     *
     * @param modelOrRun a folder with weights and configuration, a run's folder (its finished model, else its newest
     *     checkpoint), or a safetensors file beside a {@code config.json}
     * @param manager owner of the weights
     * @return the model
     * @throws IOException where a file is missing or damaged; it is named
     */
    public static ClipModel load(Path modelOrRun, NDManager manager) throws IOException {
        return load(modelOrRun, config(modelOrRun), manager);
    }

    /**
     * Reads the configuration of a stored model.
     *
     * @param modelOrRun as in {@link #load(Path, NDManager)}
     * @return the configuration beside the weights
     * @throws IOException where weights or configuration are missing
     */
    public static ClipConfig config(Path modelOrRun) throws IOException {
        Path weights = weights(modelOrRun);
        Path config = weights.resolveSibling(CONFIG);
        if (!Files.isRegularFile(config)) {
            throw new IOException(weights + " has no " + CONFIG + " beside it: name the model's configuration");
        }
        return ClipConfig.read(config);
    }

    /**
     * Loads a model of a known configuration.
     *
     * @param modelOrRun as in {@link #load(Path, NDManager)}, or any safetensors file
     * @param config the model; position embeddings of another image size are resized to it
     * @param manager owner of the weights
     * @return the model
     * @throws IOException where a file is missing or damaged
     */
    public static ClipModel load(Path modelOrRun, ClipConfig config, NDManager manager) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(weights(modelOrRun))) {
            return ClipModel.load(config, ResizedPositions.forModel(file, config), manager);
        }
    }

    /**
     * Finds the weights of a stored model.
     *
     * @param modelOrRun as in {@link #load(Path, NDManager)}
     * @return the safetensors file
     * @throws IOException where there is none
     */
    public static Path weights(Path modelOrRun) throws IOException {
        if (Files.isRegularFile(modelOrRun)) {
            return modelOrRun;
        }
        if (Files.isRegularFile(modelOrRun.resolve(WEIGHTS))) {
            return modelOrRun.resolve(WEIGHTS);
        }
        Path checkpoints = modelOrRun.resolve("checkpoints");
        if (Files.isDirectory(checkpoints)) {
            try (Stream<Path> folders = Files.list(checkpoints)) {
                Optional<Path> newest = folders.map(f -> f.resolve(WEIGHTS))
                        .filter(f -> !f.getParent().getFileName().toString().startsWith("."))
                        .filter(Files::isRegularFile)
                        .max(Comparator.comparing(Path::toString));
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw new IOException(modelOrRun + " is neither a safetensors file nor a folder with " + WEIGHTS);
    }
}
