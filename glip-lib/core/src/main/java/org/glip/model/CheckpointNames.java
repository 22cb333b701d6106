package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.glip.model.weights.StoredWeights;

/**
 * Stored weights under the names of open_clip's state dict, whatever wrote them: what wrappers of PyTorch put before
 * the names is taken off, facts that OpenAI's archives keep among the weights are left out, and a logit scale of one
 * number counts as a scalar. open_clip's {@code load_state_dict} and {@code load_checkpoint} do the same, of the
 * wrappers only with that of a distributed training.
 */
final class CheckpointNames implements StoredWeights {
    /** Of distributed training, and of frameworks in which the model is a field; before all names or none. */
    private static final List<String> PREFIXES = List.of("module.", "model.");

    /** Of compiling, sharding and recomputing, which may wrap any part of a model. */
    private static final List<String> WRAPPERS =
            List.of("_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module.");

    private static final String LOGIT_SCALE = "logit_scale";

    /** What OpenAI's archives hold beside weights: sizes, and the causal mask in each block of the text tower. */
    private static final Set<String> NOT_WEIGHTS = Set.of("input_resolution", "context_length", "vocab_size");

    private static final String CAUSAL_MASK = "attn_mask";

    private final StoredWeights stored;
    private final Map<String, String> storedName = new LinkedHashMap<>();
    private final Set<String> takenOff = new TreeSet<>();
    private final boolean isOpenAis;

    CheckpointNames(StoredWeights stored) {
        this.stored = stored;
        Map<String, String> plain = unwrapped(stored.shapes().keySet(), takenOff);
        isOpenAis = plain.keySet().containsAll(NOT_WEIGHTS);
        plain.forEach((ours, theirs) -> {
            if (!NOT_WEIGHTS.contains(ours) && !ours.equals(CAUSAL_MASK) && !ours.endsWith("." + CAUSAL_MASK)) {
                storedName.put(ours, theirs);
            }
        });
    }

    /** Our names to theirs; as they are where two would become one. What is taken off them is noted. */
    private static Map<String, String> unwrapped(Set<String> names, Set<String> takenOff) {
        Map<String, String> plain = new LinkedHashMap<>();
        for (String name : names) {
            String ours = name;
            for (String wrapper : WRAPPERS) {
                if (name.contains(wrapper)) {
                    takenOff.add(wrapper);
                    ours = ours.replace(wrapper, "");
                }
            }
            plain.put(ours, name);
        }
        for (String prefix = shared(plain.keySet()); !prefix.isEmpty(); prefix = shared(plain.keySet())) {
            takenOff.add(prefix);
            Map<String, String> shorter = new LinkedHashMap<>();
            int length = prefix.length();
            plain.forEach((ours, theirs) -> shorter.put(ours.substring(length), theirs));
            plain = shorter;
        }
        if (plain.size() < names.size()) {
            Map<String, String> asTheyAre = new LinkedHashMap<>();
            names.forEach(name -> asTheyAre.put(name, name));
            takenOff.clear();
            return asTheyAre;
        }
        return plain;
    }

    /** The prefix that stands before all names, or nothing. */
    private static String shared(Set<String> names) {
        return PREFIXES.stream()
                .filter(prefix -> !names.isEmpty()
                        && names.stream().allMatch(name -> name.startsWith(prefix) && name.length() > prefix.length()))
                .findFirst()
                .orElse("");
    }

    /** What was taken off the names, such as {@code _orig_mod.}. */
    Set<String> takenOff() {
        return Collections.unmodifiableSet(takenOff);
    }

    /** Whether it is an archive as OpenAI published them; their models compute with its approximation of GELU. */
    boolean isOpenAis() {
        return isOpenAis;
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
