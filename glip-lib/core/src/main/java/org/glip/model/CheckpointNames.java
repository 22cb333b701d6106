package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.glip.model.weights.StoredWeights;

/**
 * Stored weights under the names of open_clip's state dict, whatever wrote them (open_clip's {@code load_state_dict}
 * and {@code load_checkpoint} do the same): the prefix of a distributed training is taken off, facts that OpenAI's
 * archives keep among the weights are left out, and a logit scale of one number counts as a scalar.
 */
final class CheckpointNames implements StoredWeights {
    private static final String PARALLEL_PREFIX = "module.";
    private static final String LOGIT_SCALE = "logit_scale";

    /** What OpenAI's archives hold beside weights: sizes, and the causal mask in each block of the text tower. */
    private static final Set<String> NOT_WEIGHTS = Set.of("input_resolution", "context_length", "vocab_size");

    private static final String CAUSAL_MASK = "attn_mask";

    private final StoredWeights stored;
    private final Map<String, String> storedName = new LinkedHashMap<>();

    CheckpointNames(StoredWeights stored) {
        this.stored = stored;
        Set<String> names = stored.shapes().keySet();
        boolean parallel = !names.isEmpty() && names.stream().allMatch(name -> name.startsWith(PARALLEL_PREFIX));
        for (String name : names) {
            String ours = parallel ? name.substring(PARALLEL_PREFIX.length()) : name;
            if (!NOT_WEIGHTS.contains(ours) && !ours.equals(CAUSAL_MASK) && !ours.endsWith("." + CAUSAL_MASK)) {
                storedName.put(ours, name);
            }
        }
    }

    @Override
    public Map<String, Shape> shapes() {
        Map<String, Shape> found = stored.shapes();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        storedName.forEach((ours, theirs) -> {
            Shape shape = found.get(theirs);
            shapes.put(ours, ours.equals(LOGIT_SCALE) && shape.size() == 1 ? new Shape() : shape);
        });
        return shapes;
    }

    @Override
    public String origin() {
        return stored.origin();
    }

    @Override
    public Map<String, String> metadata() {
        return stored.metadata();
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape) {
        String theirs = storedName.get(name);
        if (theirs == null) {
            throw new IllegalArgumentException(origin() + " has no tensor '" + name + "'");
        }
        Shape found = stored.shapes().get(theirs);
        NDArray tensor = stored.tensor(manager, theirs, name.equals(LOGIT_SCALE) ? found : shape);
        return tensor.getShape().equals(shape) ? tensor : tensor.reshape(shape);
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
