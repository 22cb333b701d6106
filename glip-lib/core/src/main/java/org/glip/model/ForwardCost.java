package org.glip.model;

import java.util.List;
import org.glip.text.CaptionTokens;

/**
 * Multiply-accumulates of the matrix products in a forward pass, attention's own products among them; normalisation,
 * activations and the loss are left out, as in the paper. A floating-point operation is half of one, and a training
 * step takes three times a forward pass: the backward pass differentiates each product by both of its factors.
 *
 * @param image of the image tower
 * @param text of the text tower
 */
public record ForwardCost(long image, long text) {
    private static final double FLOP_OF_STEP = 2.0 * 3;

    /**
     * Returns the whole mathematics of one pair, as the paper counts it (for ViT-B/16 17.56, 8.70, 4.41 and
     * 1.56 G at 197, 99, 50 and 17 image tokens, and 2.98 G at 77 text tokens): all patches are projected, and all
     * tokens pass through all blocks.
     *
     * @param model the model
     * @param imageTokens visible patches and the class token
     * @param textTokens tokens of the caption, padding included if it is computed
     * @return the cost
     * @throws IllegalArgumentException if there are more tokens than the model has, or too few
     */
    public static ForwardCost plain(ClipConfig model, int imageTokens, int textTokens) {
        requireTokens(model, imageTokens, textTokens);
        ClipConfig.Vision vision = model.vision();
        ClipConfig.Text text = model.text();
        long images = patches(vision, vision.grid().patches())
                + vision.layers() * block(vision.width(), vision.mlpWidth(), imageTokens)
                + (long) vision.width() * model.embedding();
        long texts = text.layers() * block(text.width(), text.mlpWidth(), textTokens)
                + (long) text.width() * model.embedding();
        return new ForwardCost(images, texts);
    }

    /**
     * Returns what this library computes for one pair, with the same result: only visible patches are projected, and
     * where one token is pooled, the last block computes the query and the MLP of that token alone.
     *
     * @param model the model
     * @param imageTokens visible patches and the class token
     * @param textTokens tokens of the caption up to its end; there is no padding
     * @return the cost
     * @throws IllegalArgumentException if there are more tokens than the model has, or too few
     */
    public static ForwardCost computed(ClipConfig model, int imageTokens, int textTokens) {
        requireTokens(model, imageTokens, textTokens);
        ClipConfig.Vision vision = model.vision();
        ClipConfig.Text text = model.text();
        long lastOfImage = vision.pooling() == ClipConfig.Vision.Pooling.CLASS_TOKEN
                ? pooledBlock(vision.width(), vision.mlpWidth(), imageTokens)
                : block(vision.width(), vision.mlpWidth(), imageTokens);
        long images = patches(vision, imageTokens - 1)
                + (vision.layers() - 1) * block(vision.width(), vision.mlpWidth(), imageTokens)
                + lastOfImage
                + (long) vision.width() * model.embedding();
        long texts = (text.layers() - 1) * block(text.width(), text.mlpWidth(), textTokens)
                + pooledBlock(text.width(), text.mlpWidth(), textTokens)
                + (long) text.width() * model.embedding();
        return new ForwardCost(images, texts);
    }

    /**
     * Returns what this library computes for a batch.
     *
     * @param model the model
     * @param imageTokens visible patches and the class token, of each picture
     * @param captions the captions
     * @return the cost of all pairs together
     * @throws IllegalArgumentException if there are more tokens than the model has, or too few
     */
    public static ForwardCost computed(ClipConfig model, int imageTokens, List<CaptionTokens> captions) {
        return captions.stream()
                .map(caption -> computed(model, imageTokens, caption.length()))
                .reduce(new ForwardCost(0, 0), ForwardCost::plus);
    }

    /**
     * {@return the cost of both}
     *
     * @param other what is added
     */
    public ForwardCost plus(ForwardCost other) {
        return new ForwardCost(image + other.image, text + other.text);
    }

    /**
     * {@return the floating-point operations of a training step whose forward pass this is: forward and backward pass,
     * without the optimiser}
     */
    public double trainingFlop() {
        return FLOP_OF_STEP * (image + text);
    }

    private static long patches(ClipConfig.Vision vision, long count) {
        return count * 3 * vision.patchSize() * vision.patchSize() * vision.width();
    }

    /** Queries, keys, values and output; scores and weighted sum; MLP. */
    private static long block(long width, long mlpWidth, long tokens) {
        return tokens * 4 * width * width + 2 * tokens * tokens * width + tokens * 2 * width * mlpWidth;
    }

    /** Keys and values of all tokens, all else of one. */
    private static long pooledBlock(long width, long mlpWidth, long tokens) {
        return (tokens + 1) * 2 * width * width + 2 * tokens * width + 2 * width * mlpWidth;
    }

    private static void requireTokens(ClipConfig model, int imageTokens, int textTokens) {
        int patches = model.vision().grid().patches();
        if (imageTokens < 2 || imageTokens > patches + 1) {
            throw new IllegalArgumentException(
                    "the model has from 2 to " + (patches + 1) + " image tokens, not " + imageTokens);
        }
        int context = model.text().contextLength();
        if (textTokens < 1 || textTokens > context) {
            throw new IllegalArgumentException(
                    "the model has from 1 to " + context + " text tokens, not " + textTokens);
        }
    }
}
