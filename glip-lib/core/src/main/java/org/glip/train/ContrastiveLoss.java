package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.glip.engine.Autograd;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;

/**
 * CLIP's symmetric loss (open_clip's {@code ClipLoss}), as the training computes it, for loops of one's own: the mean
 * of two cross-entropies, of finding each picture's caption among all captions of the batch, and each caption's
 * picture. The logits are cosines times the logit scale. A model that knows nothing has about the loss ln B.
 */
public final class ContrastiveLoss {
    /** The operator that computes it. */
    static final String OPERATOR = "contrastive_loss";

    private ContrastiveLoss() {}

    /**
     * Computes the loss of pairs. It can be differentiated where the thread records, as features can.
     *
     * @param image features of pictures (B,E), not normalised
     * @param text features of their captions (B,E), in the same order
     * @param logitScale the logarithm of the logit scale, ()
     * @return the loss, (), in the manager of {@code image}
     * @throws IllegalArgumentException if the shapes do not fit each other
     */
    public static NDArray of(NDArray image, NDArray text, NDArray logitScale) {
        Shape features = image.getShape();
        if (features.dimension() != 2 || !features.equals(text.getShape()) || logitScale.size() != 1) {
            throw new IllegalArgumentException("the loss takes features (B,E) of pictures and as many of captions, and"
                    + " a logit scale (), not " + features + ", " + text.getShape() + " and "
                    + logitScale.getShape());
        }
        OperatorSettings settings = new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR);
        try (Operators operators = Operators.compile(image.getManager(), settings)) {
            return operators.call(OPERATOR, Autograd.isRecording(), image, text, logitScale);
        }
    }
}
