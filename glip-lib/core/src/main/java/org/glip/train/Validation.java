package org.glip.train;

import java.io.IOException;
import java.util.Map;
import org.glip.model.ClipModel;

/**
 * Looks at a model between two steps of its training, such as at how many pictures it names right that it is not
 * trained on; see {@link Pretraining.Builder#optValidation}.
 */
@FunctionalInterface
public interface Validation {
    /**
     * Measures. The training waits for it, on its thread.
     *
     * @param model as the steps so far have made it; to be read only, and not to be kept
     * @return finite figures by name, such as {@code top-1}; their order is kept
     * @throws IOException if what is needed cannot be read, which ends the training
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set, and the
     *     training ends as if the interruption had come between the steps
     */
    Map<String, Double> measure(ClipModel model) throws IOException;
}
