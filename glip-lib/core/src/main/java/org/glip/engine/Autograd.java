package org.glip.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Recording and differentiating, without the engine's limit of one gradient collector in the process.
 *
 * <p>Recording is a property of the thread. While a recording is open, operators called with {@code training} build the
 * graph that {@link #backward} walks. Gradients add up in {@link NDArray#getGradient()} until they are set to zero.
 */
public final class Autograd {
    private Autograd() {}

    /** A stretch of recording on this thread; closing it restores what was before. */
    public static final class Recording implements AutoCloseable {
        private final boolean before;

        private Recording() {
            before = JniUtils.isGradMode();
            JniUtils.setGradMode(true);
        }

        @Override
        public void close() {
            JniUtils.setGradMode(before);
        }
    }

    /**
     * Starts recording on this thread.
     *
     * @return the recording, to be closed
     */
    public static Recording record() {
        return new Recording();
    }

    /** {@return whether this thread records; one that was never told does, as in PyTorch} */
    public static boolean isRecording() {
        return JniUtils.isGradMode();
    }

    /**
     * Adds to the gradients of everything {@code output} was computed from, and frees the graph.
     *
     * @param output what is differentiated
     * @param upstream gradient of the loss by {@code output}, of its shape
     */
    public static void backward(NDArray output, NDArray upstream) {
        JniUtils.backward((PtNDArray) output, (PtNDArray) upstream, false, false);
    }

    /**
     * Differentiates a loss.
     *
     * @param loss a scalar
     */
    public static void backward(NDArray loss) {
        try (NDArray one = loss.onesLike()) {
            backward(loss, one);
        }
    }
}
