package org.glip.model.pickle;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.glip.files.Reasons;
import org.glip.model.weights.StoredWeights;
import org.jspecify.annotations.Nullable;

/**
 * A PyTorch file ({@code .pt}, {@code .bin}) open for reading: a state dict, a checkpoint of open_clip's training that
 * holds one, or a TorchScript archive in OpenAI's form. Numbers of any format are read as float32.
 *
 * <p>Nothing in the file is executed. A file that is damaged, or names anything but tensors and plain containers, is
 * refused on opening by an {@link IOException} that says what is wrong.
 */
public final class TorchFile implements StoredWeights {
    /** A module may contain another twice, so that few bytes could name very many tensors. */
    private static final int MOST_ATTRIBUTES = 100_000;

    private static final int LONGEST_NAME = 300;

    private final Path path;
    private final TorchArchive archive;
    private final Map<String, TorchTensor> tensors;

    private TorchFile(Path path, TorchArchive archive, Map<String, TorchTensor> tensors) {
        this.path = path;
        this.archive = archive;
        this.tensors = tensors;
    }

    /**
     * Opens a file and checks all that it says about its tensors.
     *
     * @param path a file that {@code torch.save} or {@code torch.jit.save} wrote, from PyTorch 1.6 on
     * @return the file, to be closed
     * @throws IOException where the file cannot be read or is refused
     */
    public static TorchFile open(Path path) throws IOException {
        try {
            TorchArchive archive = TorchArchive.open(path);
            try {
                Map<String, TorchTensor> tensors = new LinkedHashMap<>();
                Map<?, ?> state = stateDict(RestrictedPickle.read(archive.pickle()));
                collect(state, "", tensors, new int[1]);
                requireSome(state, tensors);
                for (TorchTensor tensor : tensors.values()) {
                    archive.require(tensor.storage());
                }
                return new TorchFile(path, archive, tensors);
            } catch (IOException e) {
                archive.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IOException(path + " is not a PyTorch file that can be read: " + Reasons.of(e), e);
        }
    }

    /** The state dict, which checkpoints of training keep beside the optimiser's state. */
    private static Map<?, ?> stateDict(@Nullable Object root) throws IOException {
        if (root instanceof PickleGlobal.ScriptModule module) {
            return module.attributes();
        }
        if (root instanceof Map<?, ?> map) {
            return map.get("state_dict") instanceof Map<?, ?> inner ? inner : map;
        }
        throw new IOException("it holds neither a state_dict nor a module");
    }

    /** Checkpoints of other trainings keep the weights under a name of their own, among much else. */
    private static void requireSome(Map<?, ?> state, Map<String, TorchTensor> tensors) throws IOException {
        if (!tensors.isEmpty() || state.isEmpty()) {
            return;
        }
        String inner = state.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Map<?, ?> map
                        && map.values().stream().anyMatch(TorchTensor.class::isInstance))
                .map(entry -> "'" + entry.getKey() + "'")
                .limit(5)
                .collect(Collectors.joining(", "));
        throw new IOException("it holds no tensors under 'state_dict' or by themselves"
                + (inner.isEmpty() ? "" : ", but under " + inner + ": save what is there alone"));
    }

    /** Dotted names, since the modules of a TorchScript archive are nested; what is not a tensor is no weight. */
    private static void collect(Map<?, ?> module, String prefix, Map<String, TorchTensor> tensors, int[] seen)
            throws IOException {
        for (Map.Entry<?, ?> entry : module.entrySet()) {
            String name = prefix + entry.getKey();
            if (++seen[0] > MOST_ATTRIBUTES || name.length() > LONGEST_NAME) {
                throw new IOException("it has more than " + MOST_ATTRIBUTES
                        + " attributes, or one whose name has more than " + LONGEST_NAME + " letters");
            }
            if (entry.getValue() instanceof TorchTensor tensor) {
                tensors.put(name, tensor);
            } else if (entry.getValue() instanceof PickleGlobal.ScriptModule child) {
                collect(child.attributes(), name + ".", tensors, seen);
            }
        }
    }

    @Override
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, new Shape(tensor.shape())));
        return shapes;
    }

    @Override
    public String origin() {
        return path.toString();
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape) {
        TorchTensor tensor = tensors.get(name);
        if (tensor == null || !new Shape(tensor.shape()).equals(shape)) {
            throw new IllegalArgumentException(path + " has no tensor '" + name + "' of shape " + shape);
        }
        try {
            return manager.create(floats(name), shape);
        } catch (IOException e) {
            throw new UncheckedIOException(Reasons.of(e), e);
        }
    }

    /**
     * Reads one tensor into an array.
     *
     * @param name its name
     * @return its numbers, row by row
     * @throws IOException where the file lacks it or cannot be read
     */
    public float[] floats(String name) throws IOException {
        TorchTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IOException(path + " has no tensor '" + name + "'; it has " + tensors.keySet());
        }
        try {
            return tensor.arrange(tensor.storage().format().toFloats(archive.span(tensor)));
        } catch (IOException e) {
            throw new IOException(path + ", tensor '" + name + "': " + Reasons.of(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
