package org.glip.model;

/**
 * How many numbers a model learns, counted from its configuration alone.
 *
 * @param image weights of the image tower
 * @param text weights of the text tower, the token embedding among them
 */
public record ModelSize(long image, long text) {
    /**
     * Counts the weights of a model (149.62 M for ViT-B/16, by the paper).
     *
     * @param model its configuration
     * @return the counts
     */
    public static ModelSize of(ClipConfig model) {
        ClipConfig.Vision vision = model.vision();
        ClipConfig.Text text = model.text();
        long width = vision.width();
        long patch = 3L * vision.patchSize() * vision.patchSize() * width;
        long positions = (1L + vision.grid().patches()) * width;
        long norms = (vision.normBefore() ? 2 : 1) * norm(width);
        long images = patch
                + width // class token
                + positions
                + norms
                + vision.layers() * block(width, vision.mlpWidth())
                + width * model.embedding();
        long texts = ((long) text.vocabularySize() + text.contextLength()) * text.width()
                + text.layers() * block(text.width(), text.mlpWidth())
                + norm(text.width())
                + (long) text.width() * model.embedding();
        return new ModelSize(images, texts);
    }

    /** {@return the weights of both towers, and the logit scale} */
    public long total() {
        return image + text + 1;
    }

    /** Queries, keys, values and output; MLP; both norms; all with biases. */
    private static long block(long width, long mlpWidth) {
        long attention = 4 * width * width + 4 * width;
        long mlp = 2 * width * mlpWidth + mlpWidth + width;
        return attention + mlp + 2 * norm(width);
    }

    private static long norm(long width) {
        return 2 * width;
    }
}
