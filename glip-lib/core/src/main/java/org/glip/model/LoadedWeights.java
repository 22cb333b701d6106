package org.glip.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.glip.engine.HostCopy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of weights that can be loaded, but may not be what their user thinks they are. */
final class LoadedWeights {
    private static final Logger LOGGER = LoggerFactory.getLogger(LoadedWeights.class);
    private static final int NAMED = 5;

    private LoadedWeights() {}

    /**
     * Tells what was taken off the names of the tensors, unless it is what open_clip's own training writes there.
     *
     * @param weights the file
     */
    static void tellPrefixes(CheckpointNames weights) {
        List<String> foreign = weights.takenOff().stream()
                .filter(prefix -> !prefix.equals("module."))
                .toList();
        if (!foreign.isEmpty()) {
            LOGGER.warn(
                    "{}: {} is taken off the names of its tensors, where a wrapper of the model put it",
                    weights.origin(),
                    String.join(" and ", foreign));
        }
    }

    /**
     * Warns of OpenAI's weights under a configuration with another activation, as open_clip does.
     *
     * @param weights the file
     * @param config the model that it is loaded into
     */
    static void warnOfActivation(CheckpointNames weights, ClipConfig config) {
        if (weights.isOpenAis() && !config.quickGelu()) {
            LOGGER.warn(
                    "{} is an archive of OpenAI's, whose models were trained with QuickGELU, but the configuration asks"
                            + " for GELU: set \"quick_gelu\": true in it, or features will be others",
                    weights.origin());
        }
    }

    /**
     * Warns of weights that are no numbers: nothing that such a model says means anything.
     *
     * @param origin the file
     * @param model what was loaded from it
     */
    static void warnOfNoNumbers(String origin, ClipModel model) {
        List<String> names = model.tensors().entrySet().stream()
                .filter(tensor -> !isFinite(tensor.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!names.isEmpty()) {
            LOGGER.warn(
                    "{} has NaN or infinite weights in {} of its tensors, such as {}: the training that made it"
                            + " diverged, or the file is damaged",
                    origin,
                    names.size(),
                    names.subList(0, Math.min(NAMED, names.size())));
        }
    }

    /** A sum of numbers is finite unless one is not, or the sum is too large; the rare doubt is looked into. */
    private static boolean isFinite(NDArray tensor) {
        try (NDArray sum = tensor.sum()) {
            if (Float.isFinite(HostCopy.number(sum))) {
                return true;
            }
        }
        for (float value : HostCopy.floats(tensor)) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
