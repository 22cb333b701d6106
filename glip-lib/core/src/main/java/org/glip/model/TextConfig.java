package org.glip.model;

/**
 * The text tower (open_clip's {@code CLIPTextCfg}).
 *
 * @param contextLength most tokens of a caption, at least 3 (start, one, end)
 * @param vocabularySize token ids
 * @param width width of the residual stream; a multiple of the heads
 * @param heads attention heads
 * @param layers transformer blocks, at least 1
 * @param mlpRatio hidden width of the MLP over {@code width}
 */
public record TextConfig(int contextLength, int vocabularySize, int width, int heads, int layers, double mlpRatio) {
    /** Checks that the parts fit together. */
    public TextConfig {
        if (contextLength < 3) {
            throw new IllegalArgumentException("text_cfg.context_length must be at least 3, not " + contextLength);
        }
        Checks.positive("text_cfg.vocab_size", vocabularySize);
        Checks.positive("text_cfg.layers", layers);
        Checks.positive("text_cfg.heads", heads);
        if (width < heads || width % heads != 0) {
            throw new IllegalArgumentException(
                    "text_cfg.width " + width + " must be a multiple of text_cfg.heads " + heads);
        }
        Checks.mlpRatio("text_cfg", width, mlpRatio);
    }

    /**
     * Tells the hidden width of the MLP.
     *
     * @return width times the MLP ratio, rounded down (as open_clip does)
     */
    public int mlpWidth() {
        return (int) (width * mlpRatio);
    }
}
