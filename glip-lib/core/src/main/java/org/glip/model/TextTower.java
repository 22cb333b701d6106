package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.stream.IntStream;
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
        if (ids.getShape().dimension() != 2 || columns(ids) < 1 || columns(ids) > config.contextLength()) {
            throw new IllegalArgumentException(
                    "the text tower takes ids (B,1.." + config.contextLength() + "), not " + ids.getShape());
        }
        int[] tokens =
                Arrays.stream(ids.toLongArray()).mapToInt(Math::toIntExact).toArray();
        int[] lengths = Arrays.stream(inputs.get(1).toLongArray())
                .mapToInt(end -> Math.toIntExact(end + 1))
                .toArray();
        int[] rows = IntStream.range(0, lengths.length).toArray();
        PackedCaptions packed = PackedCaptions.of(ids.getManager(), tokens, columns(ids), rows, lengths);
        return new NDList(encode(store, packed, training));
    }

    /** The features of packed captions, (B,E). */
    NDArray encode(ParameterStore store, PackedCaptions captions, boolean training) {
        Weights weights = new Weights(store, captions.ids(), training);
        Operators operators = weights.operators();
        NDArray x = operators.call( // (1, M, D)
                "embed_tokens",
                training,
                captions.ids(),
                captions.place(),
                weights.get("token_embedding.weight"),
                weights.get("positional_embedding"));
        for (int i = 0; i < blocks.length - 1; i++) {
            x = blocks[i].forward(
                    operators, weights, "causal_attention", x, captions.pad(), captions.unpad(), captions.groups());
        }
        x = blocks[blocks.length - 1].forward( // (B, 1, D)
                operators,
                weights,
                "causal_pooled_attention",
                x,
                captions.pad(),
                captions.groups(),
                captions.end(),
                captions.length());
        x = operators.call("layer_norm", training, x, weights.get("ln_final.weight"), weights.get("ln_final.bias"));
        return operators.call("project", training, x, weights.get("text_projection")); // (B, E)
    }

    private static int columns(NDArray ids) {
        return Math.toIntExact(ids.getShape().get(1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), embedding)};
    }
}
