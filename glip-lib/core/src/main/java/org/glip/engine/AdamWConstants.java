package org.glip.engine;

/**
 * Constants of AdamW.
 *
 * @param beta1 decay of the first moment, in [0,1)
 * @param beta2 decay of the second moment, in [0,1)
 * @param epsilon added to the root of the second moment, positive
 */
public record AdamWConstants(double beta1, double beta2, double epsilon) {
    /** Checks the ranges. */
    public AdamWConstants {
        requireDecay("beta1", beta1);
        requireDecay("beta2", beta2);
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("AdamW's epsilon must be positive, not " + epsilon);
        }
    }

    private static void requireDecay(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("AdamW's " + name + " must be in [0,1), not " + value);
        }
    }
}
