package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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

    /** What has come since the last call, as numbers () that are the caller's to close. */
    List<NDArray> drain() {
        synchronized (parts) {
            List<NDArray> all = List.copyOf(parts);
            parts.clear();
            return all;
        }
    }

    /** The norm of all of which {@link #drain} gave these. */
    static double of(float[] norms) {
        float[] sorted = norms.clone();
        Arrays.sort(sorted); // whichever thread was first
        double squares = 0;
        for (float norm : sorted) {
            squares += (double) norm * norm;
        }
        return Math.sqrt(squares);
    }
}
