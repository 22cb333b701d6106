package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.glip.engine.Operators;

/**
 * The text tower: a causal transformer read at the end-of-text token (open_clip's {@code TextTransformer}).
 *
 * <p>Inputs: ids (B,T) int64 with T up to the context length, and end (B) int64, the position of each end-of-text token. What
 * follows that token cannot influence it, so a batch may be cut to its longest caption without changing the result. Output:
 * (B,E), not normalised.
 */
public final class TextTower extends Tower {
    private final TextConfig config;
    private final int embedding;
    private final ResidualAttentionBlock[] blocks;

    TextTower(TextConfig config, int embedding, boolean quickGelu, long seed) {
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
        declare("token_embedding.weight", new Init.Normal(0.02), config.vocabularySize(), width);
        declare("ln_final.weight", ONES, width);
        declare("ln_final.bias", ZEROS, width);
    }

    /**
     * Tells the configuration.
     *
     * @return the tower's configuration
     */
    public TextConfig config() {
        return config;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray ids = inputs.get(0);
        NDArray end = inputs.get(1);
        Shape shape = ids.getShape();
        if (shape.dimension() != 2 || shape.get(1) < 1 || shape.get(1) > config.contextLength()) {
            throw new IllegalArgumentException(
                    "the text tower takes ids (B,1.." + config.contextLength() + "), not " + shape);
        }
        Weights weights = new Weights(store, ids, training);
        Operators operators = weights.operators();

        NDArray x = operators.call( // (B, T, D)
                "embed_tokens",
                training,
                ids,
                weights.get("token_embedding.weight"),
                weights.get("positional_embedding"));
        for (int i = 0; i < blocks.length - 1; i++) {
            x = blocks[i].forward(operators, weights, x, true);
        }
        x = blocks[blocks.length - 1].forwardPooled(operators, weights, x, end, true); // (B, 1, D)
        NDArray pooled =
                operators.call("layer_norm", training, x, weights.get("ln_final.weight"), weights.get("ln_final.bias"));
        x.close();
        NDArray features = operators.call("project", training, pooled, weights.get("text_projection")); // (B, E)
        pooled.close();
        return new NDList(features);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), embedding)};
    }
}
