package org.glip.experiment;

import java.util.List;
import org.glip.eval.ClassificationResult;

/**
 * What a model said of the pictures of a test.
 *
 * @param keys the names of the pictures
 * @param classified its predictions, in their order
 */
public record Predictions(List<String> keys, ClassificationResult classified) {
    /** Copies the names. */
    public Predictions {
        keys = List.copyOf(keys);
    }
}
