package org.glip.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Weights in a file, by open_clip's names. */
public interface StoredWeights extends Closeable {
    /**
     * Tells what is in the file.
     *
     * @return name to shape
     */
    Map<String, Shape> shapes();

    /**
     * Tells where the weights come from, for messages.
     *
     * @return a path
     */
    String origin();

    /**
     * Gives the free texts that a file may hold beside its tensors.
     *
     * @return name to text
     */
    default Map<String, String> metadata() {
        return Map.of();
    }

    /**
     * Reads one tensor as float32.
     *
     * @param manager owner of the result
     * @param name its name
     * @param shape its expected shape
     * @return the tensor
     */
    NDArray tensor(NDManager manager, String name, Shape shape);

    /**
     * Compares the file with what a model needs.
     *
     * @param parameters the model's parameters
     * @throws IllegalArgumentException that lists what is missing, left over or of another shape
     */
    default void requireMatch(ParameterList parameters) {
        List<String> problems = new ArrayList<>();
        TreeSet<String> unused = new TreeSet<>(shapes().keySet());
        for (Pair<String, Parameter> parameter : parameters) {
            Shape wanted = parameter.getValue().getShape();
            Shape found = shapes().get(parameter.getKey());
            unused.remove(parameter.getKey());
            if (found == null) {
                problems.add("missing " + parameter.getKey() + " " + wanted);
            } else if (!found.equals(wanted)) {
                problems.add(parameter.getKey() + " has shape " + found + ", the model needs " + wanted);
            }
        }
        unused.forEach(name -> problems.add("not part of the model: " + name));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(origin() + " does not fit the model: " + String.join("; ", problems));
        }
    }

    /** Frees what is held open. */
    @Override
    default void close() throws IOException {
        // weights in memory hold nothing
    }
}
