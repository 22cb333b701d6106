package org.glip.engine;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of one group of parameters that share learning rate and weight decay; the five lists run in parallel.
 *
 * @param parameters weights, updated in place
 * @param gradients their gradients
 * @param firstMoments running means of the gradients
 * @param secondMoments running means of the squared gradients
 * @param steps float32 scalars that count steps
 */
public record AdamWGroup(
        List<NDArray> parameters,
        List<NDArray> gradients,
        List<NDArray> firstMoments,
        List<NDArray> secondMoments,
        List<NDArray> steps) {
    /** {@return a group to be filled} */
    public static AdamWGroup empty() {
        return new AdamWGroup(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
