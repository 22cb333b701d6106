package org.glip.train;

/**
 * A linear layer on L2-normalised features: logits are {@code scale * (W f) + b}.
 *
 * @param weights W (K,d) row by row; not copied, so it must not change
 * @param biases b (K); not copied
 * @param scale fixed factor of the weights, positive; a CLIP model's logit scale, or 1
 */
public record LinearHead(float[] weights, float[] biases, double scale) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the sizes disagree or the scale is not positive
     */
    public LinearHead {
        if (biases.length < 2 || weights.length == 0 || weights.length % biases.length != 0) {
            throw new IllegalArgumentException(
                    "a linear head needs at least two classes and as many weights for each, not " + weights.length
                            + " weights and " + biases.length + " biases");
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("the scale of a linear head must be positive, not " + scale);
        }
    }

    /**
     * {@return a head that begins at zero, so that all classes are equal}
     *
     * @param classes K
     * @param dimension d
     * @param scale fixed factor of the weights
     */
    public static LinearHead zero(int classes, int dimension, double scale) {
        return new LinearHead(new float[classes * dimension], new float[classes], scale);
    }

    /** {@return the number of classes, K} */
    public int classes() {
        return biases.length;
    }

    /** {@return the length of the features, d} */
    public int dimension() {
        return weights.length / biases.length;
    }
}
