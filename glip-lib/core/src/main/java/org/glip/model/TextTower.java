package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.glip.text.CaptionTokens;

/**
 * The text tower: a causal transformer read at the end-of-text token (open_clip's {@code TextTransformer}).
 *
 * <p>Inputs: what {@link #inputs} makes of captions. Only a caption's own tokens are among them: that is exact, since
 * what follows the end-of-text token cannot influence it, and saves the padding, most of the work where captions are
 * short. Output: (B,E), not normalised, in the order of the captions.
 */
public final class TextTower extends Tower {
    /** The name of the token embedding, (V,D), among the tower's parameters. */
    public static final String TOKEN_EMBEDDING = "token_embedding.weight";

    private final ClipConfig.Text config;
    private final int embedding;
    private final ResidualAttentionBlock[] blocks;

    TextTower(ClipConfig.Text config, int embedding, boolean quickGelu, long seed) {
        super(seed, "", config.heads(), quickGelu);
        this.config = config;
        this.embedding = embedding;
        int width = config.width();
        declare("positional_embedding", new Init.Normal(0.01), config.contextLength(), width);
        declare("text_projection", new Init.Normal(Math.pow(width, -0.5)), width, embedding);
        blocks = new ResidualAttentionBlock[config.layers()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new ResidualAttentionBlock(
                    this, i, width, config.mlpWidth(), ResidualAttentionBlock.BlockInit.text(width, config.layers()));
        }
        declare(TOKEN_EMBEDDING, new Init.Normal(0.02), config.vocabularySize(), width);
        declare("ln_final.weight", ONES, width);
        declare("ln_final.bias", ZEROS, width);
    }

    /**
     * Returns the configuration.
     *
     * @return the tower's configuration
     */
    public ClipConfig.Text config() {
        return config;
    }

    /**
     * Lays captions out as this tower takes them.
     *
     * @param manager owner of the tensors
     * @param captions at least one
     * @return the inputs of {@link #forward}: eight int64 tensors, the packed tokens and the plan of attention over
     *     them; of the plan, the sizes stay on the host
     * @throws IllegalArgumentException if there is no caption, or one is longer than the context or has a token that is
     *     not in the vocabulary
     */
    public NDList inputs(NDManager manager, List<CaptionTokens> captions) {
        requireFit(captions);
        return PackedCaptions.of(operators(), manager, captions).list();
    }

    /**
     * Checks that this tower can take captions.
     *
     * @param captions at least one
     * @throws IllegalArgumentException if there is no caption, or one is longer than the context or has a token that is
     *     not in the vocabulary
     */
    public void requireFit(List<CaptionTokens> captions) {
        if (captions.isEmpty()) {
            throw new IllegalArgumentException("the text tower takes at least one caption");
        }
        for (int i = 0; i < captions.size(); i++) {
            requireFit(captions.get(i), i);
        }
    }

    private void requireFit(CaptionTokens caption, int number) {
        if (caption.length() > config.contextLength()) {
            throw new IllegalArgumentException("the text tower takes captions of up to " + config.contextLength()
                    + " tokens, but caption " + number + " has " + caption.length());
        }
        for (int t = 0; t < caption.length(); t++) {
            if (caption.ids()[t] < 0 || caption.ids()[t] >= config.vocabularySize()) {
                throw new IllegalArgumentException("the text tower knows the tokens 0 to "
                        + (config.vocabularySize() - 1) + ", but caption " + number + " has " + caption.ids()[t]);
            }
        }
    }

    @Override
    NDArray encode(NDList inputs, Weights weights) {
        PackedCaptions captions = PackedCaptions.of(inputs);
        NDArray x = weights.call( // (1, M, D)
                "embed_tokens",
                new NDArray[] {captions.ids(), captions.place()},
                TOKEN_EMBEDDING,
                "positional_embedding");
        for (int i = 0; i < blocks.length - 1; i++) {
            x = blocks[i].forward(weights, "causal_attention", x, captions.pad(), captions.unpad(), captions.groups());
        }
        x = blocks[blocks.length - 1].forward( // (B, 1, D)
                weights,
                "causal_pooled_attention",
                x,
                captions.pad(),
                captions.unpad(),
                captions.groups(),
                captions.end(),
                captions.length());
        x = weights.call("layer_norm", x, "ln_final.weight", "ln_final.bias");
        NDArray features = weights.call("project", x, "text_projection"); // (B, E)
        return weights.call("in_order", new NDArray[] {features, captions.order()});
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[inputShapes.length - 1].get(0), embedding)};
    }
}
