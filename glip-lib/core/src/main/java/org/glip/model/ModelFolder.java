package org.glip.model;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.glip.files.AtomicFile;
import org.glip.image.PreprocessConfig;
import org.glip.model.weights.SafetensorsFile;
import org.glip.model.weights.StoredWeights;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;

/**
 * A model on disk: {@code model.safetensors} in open_clip's names, {@code config.json}, which is open_clip's model
 * JSON, and {@code open_clip_config.json}, which wraps it as open_clip wants it to load the folder as it is, by {@code
 * create_model("local-dir:FOLDER")}. Beside them may lie {@link #PROMPTS}: the sentences that fit the captions of the
 * training, into which a label is put when the model is asked.
 */
public final class ModelFolder {
    /** The weights' file. */
    public static final String WEIGHTS = "model.safetensors";

    /** The configuration's file as open_clip looks for it. */
    public static final String CONFIG = "open_clip_config.json";

    /**
     * open_clip's model JSON alone. In folders from the model hub it may be another library's, so {@link #CONFIG} is
     * read first.
     */
    public static final String PLAIN_CONFIG = "config.json";

    /** The prompt templates that the model was trained for, where its trainer told. */
    public static final String PROMPTS = "prompt_templates.json";

    /** The folder, in that of a stage of training, with its checkpoints; each is a model folder with more beside it. */
    public static final String CHECKPOINTS = "checkpoints";

    /** The name of one of them; what else lies there is the user's. */
    private static final String CHECKPOINT = "step-\\d+";

    /** Names of weights in a folder, in the order in which open_clip prefers them. */
    private static final List<String> WEIGHT_NAMES = List.of(
            "open_clip_model.safetensors",
            "open_clip_pytorch_model.safetensors",
            "open_clip_pytorch_model.bin",
            "open_clip_pytorch_model.pth",
            WEIGHTS,
            "pytorch_model.bin",
            "pytorch_model.pth",
            "model.pth");

    /** How weights end that have a name of their own; beside a configuration open_clip takes them, too. */
    private static final List<String> ENDINGS = List.of(".safetensors", ".bin", ".pth", ".pt");

    /** One of several files of large models, as transformers saves them. */
    private static final String PART = ".+-\\d+-of-\\d+\\.\\w+";

    private ModelFolder() {}

    /**
     * Writes a model without prompt templates of its own; each file appears whole or not at all.
     *
     * @param folder target
     * @param model the model
     * @param metadata free texts for the weights' header
     * @throws IOException where writing fails
     */
    public static void write(Path folder, ClipModel model, Map<String, String> metadata) throws IOException {
        write(folder, model, null, metadata);
    }

    /**
     * Writes a model; each file appears whole or not at all.
     *
     * @param folder target
     * @param model the model
     * @param prompts the sentences that fit the captions of its training; null where they are not known
     * @param metadata free texts for the weights' header
     * @throws IOException where writing fails
     */
    public static void write(
            Path folder, ClipModel model, @Nullable PromptTemplates prompts, Map<String, String> metadata)
            throws IOException {
        describe(folder, model, prompts);
        SafetensorsFile.write(folder.resolve(WEIGHTS), model.tensors(), metadata);
    }

    /**
     * Writes a model in half precision, in half the bytes; it is loaded like any other.
     *
     * @param folder target
     * @param model the model
     * @param prompts the sentences that fit the captions of its training; null where they are not known
     * @param metadata free texts for the weights' header
     * @throws IOException where writing fails
     * @throws IllegalArgumentException where a weight is beyond half precision's range; the tensor is named
     */
    public static void writeHalf(
            Path folder, ClipModel model, @Nullable PromptTemplates prompts, Map<String, String> metadata)
            throws IOException {
        describe(folder, model, prompts);
        SafetensorsFile.writeHalf(folder.resolve(WEIGHTS), model.tensors(), metadata);
    }

    private static void describe(Path folder, ClipModel model, @Nullable PromptTemplates prompts) throws IOException {
        PromptRecord.write(folder.resolve(PROMPTS), prompts);
        AtomicFile.writeText(folder.resolve(PLAIN_CONFIG), model.config().toJson());
        AtomicFile.writeText(folder.resolve(CONFIG), model.config().toHubJson());
    }

    /**
     * Loads a model.
     *
     * @param modelOrRun a folder with weights and configuration, a run's folder (its finished model, else its newest
     *     checkpoint), or a file of weights beside its configuration: safetensors or a zip file of PyTorch
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
        for (String name : List.of(CONFIG, PLAIN_CONFIG)) {
            if (Files.isRegularFile(weights.resolveSibling(name))) {
                return ClipConfig.read(weights.resolveSibling(name));
            }
        }
        throw new IOException(weights + " has neither " + CONFIG + " nor " + PLAIN_CONFIG
                + " beside it: name the model's configuration");
    }

    /**
     * Completes a configuration that was given for a stored model. A preset and open_clip's model JSON say nothing of
     * how pictures are prepared, but weights were trained to one way of it: where the given configuration asks for no
     * other than CLIP's own, the one that is recorded beside the weights counts.
     *
     * @param modelOrRun as in {@link #load(Path, NDManager)}, or any file of weights
     * @param given the configuration to use
     * @return it, with the preprocessing of the weights
     * @throws IOException where there are no weights, or the record beside them cannot be read
     * @throws IllegalArgumentException where the record asks for what is not done; the field is named
     */
    public static ClipConfig config(Path modelOrRun, ClipConfig given) throws IOException {
        Path record = weights(modelOrRun).resolveSibling(CONFIG);
        if (!given.preprocessing().equals(PreprocessConfig.clip()) || !Files.isRegularFile(record)) {
            return given;
        }
        return given.withPreprocessing(ClipConfigJson.preprocessing(record));
    }

    /**
     * Reads the prompt templates that a stored model was trained for.
     *
     * @param modelOrRun as in {@link #load(Path, NDManager)}, or any file of weights
     * @return the templates beside the weights; nothing where none are recorded, as in models from elsewhere
     * @throws IOException where there are no weights, or the record is damaged; the file is named
     */
    public static Optional<PromptTemplates> prompts(Path modelOrRun) throws IOException {
        return PromptRecord.read(weights(modelOrRun).resolveSibling(PROMPTS));
    }

    /**
     * Loads a model of a known configuration.
     *
     * @param modelOrRun as in {@link #load(Path, NDManager)}, or any file of weights
     * @param config the model; position embeddings of another image size or context length are resized to it
     * @param manager owner of the weights
     * @return the model
     * @throws IOException where a file is missing or damaged
     */
    public static ClipModel load(Path modelOrRun, ClipConfig config, NDManager manager) throws IOException {
        try (CheckpointNames file = WeightsFormat.open(weights(modelOrRun))) {
            LoadedWeights.tellPrefixes(file);
            LoadedWeights.warnOfActivation(file, config);
            ClipModel model = ClipModel.load(config, ResizedPositions.forModel(file, config), manager);
            LoadedWeights.warnOfNoNumbers(file.origin(), model);
            return model;
        }
    }

    /**
     * Reads the free texts that lie among the weights, such as a model's provenance.
     *
     * @param modelOrRun as in {@link #load(Path, NDManager)}
     * @return name to text; empty for files of PyTorch, which have none
     * @throws IOException where the weights are missing or damaged
     */
    public static Map<String, String> metadata(Path modelOrRun) throws IOException {
        try (StoredWeights file = WeightsFormat.open(weights(modelOrRun))) {
            return file.metadata();
        }
    }

    /**
     * Finds the weights of a stored model.
     *
     * @param modelOrRun as in {@link #load(Path, NDManager)}
     * @return the file
     * @throws IOException where there is none, or it is one of several
     */
    public static Path weights(Path modelOrRun) throws IOException {
        if (Files.isRegularFile(modelOrRun)) {
            return modelOrRun;
        }
        for (String name : WEIGHT_NAMES) {
            if (Files.isRegularFile(modelOrRun.resolve(name))) {
                return modelOrRun.resolve(name);
            }
        }
        Path checkpoints = modelOrRun.resolve(CHECKPOINTS);
        if (Files.isDirectory(checkpoints)) {
            try (Stream<Path> folders = Files.list(checkpoints)) {
                Optional<Path> newest = folders.map(f -> f.resolve(WEIGHTS))
                        .filter(f -> f.getParent().getFileName().toString().matches(CHECKPOINT))
                        .filter(Files::isRegularFile)
                        .max(Comparator.comparing(Path::toString));
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        if (Files.notExists(modelOrRun)) {
            throw new IOException("the model " + modelOrRun + " does not exist");
        }
        if (Files.isRegularFile(modelOrRun.resolve(CONFIG))) {
            List<Path> named = namedOtherwise(modelOrRun);
            if (named.size() == 1) {
                return named.get(0);
            } else if (named.stream()
                    .anyMatch(file -> file.getFileName().toString().matches(PART))) {
                throw new IOException(modelOrRun + " holds weights in several files, such as "
                        + named.get(0).getFileName() + ", which are not read: save them as one file");
            } else if (named.size() > 1) {
                throw new IOException(modelOrRun + " has several files that may be the weights: give one of " + named);
            }
        }
        throw new IOException(modelOrRun + " is neither a file of weights nor a folder with one of " + WEIGHT_NAMES);
    }

    private static List<Path> namedOtherwise(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> ENDINGS.stream().anyMatch(file.getFileName().toString()::endsWith))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
