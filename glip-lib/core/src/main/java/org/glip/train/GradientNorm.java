package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.glip.engine.HostCopy;
import org.glip.engine.Operators;

/**
 * The Euclidean norm of all gradients of a step. They come in parts, maybe from two threads; each part is only looked
 * at, and what is found stays on the device until the norm is asked for.
 */
final class GradientNorm {
    private final Operators operators;
    private final NDManager manager;
    private final List<NDArray> parts = new ArrayList<>();

    /** @param manager owner of what is found */
    GradientNorm(Operators operators, NDManager manager) {
        this.operators = operators;
        this.manager = manager;
    }

    /** Takes note of gradients; each is to come once a step. */
    void add(Collection<NDArray> gradients) {
        NDArray part = operators.norm(List.copyOf(gradients), manager);
        synchronized (parts) {
            parts.add(part);
        }
    }

    /** The norm of what has come since the last call, which is at least one gradient; one transfer from the device. */
    double take() {
        synchronized (parts) {
            double squares = 0;
            try (NDArray all = NDArrays.stack(new NDList(parts))) {
                float[] norms = HostCopy.floats(all);
                Arrays.sort(norms); // whichever thread was first
                for (float norm : norms) {
                    squares += (double) norm * norm;
                }
            }
            parts.forEach(NDArray::close);
            parts.clear();
            return Math.sqrt(squares);
        }
    }
}
