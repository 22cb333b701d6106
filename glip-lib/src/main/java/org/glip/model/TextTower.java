package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
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
        return new NDList(encode(store, ids, inputs.get(1), training, new Group(0, rows(ids), columns(ids))));
    }

    /** Rows {@code first} to {@code end} of a batch, whose captions have at most {@code length} tokens. */
    record Group(int first, int end, int length) {}

    /** The features of rows in groups of like length, each cut to its length; the tokens are looked up once for all. */
    NDArray encode(ParameterStore store, NDArray ids, NDArray ends, boolean training, Group... groups) {
        if (ids.getShape().dimension() != 2 || columns(ids) < 1 || columns(ids) > config.contextLength()) {
            throw new IllegalArgumentException(
                    "the text tower takes ids (B,1.." + config.contextLength() + "), not " + ids.getShape());
        }
        Weights weights = new Weights(store, ids, training);
        Operators operators = weights.operators();
        NDArray x = operators.call( // (B, T, D)
                "embed_tokens",
                training,
                ids,
                weights.get("token_embedding.weight"),
                weights.get("positional_embedding"));
        NDList pooled = new NDList();
        for (Group group : groups) {
            boolean whole = group.first == 0 && group.end == rows(ids) && group.length == columns(ids);
            NDArray part = whole ? x : x.get(new NDIndex("{}:{}, 0:{}", group.first, group.end, group.length));
            NDArray end = whole ? ends : ends.get(new NDIndex("{}:{}", group.first, group.end));
            pooled.add(transform(operators, weights, part, end));
        }
        NDArray all = pooled.size() == 1 ? pooled.head() : NDArrays.concat(pooled, 0); // (B, 1, D)
        all = operators.call("layer_norm", training, all, weights.get("ln_final.weight"), weights.get("ln_final.bias"));
        return operators.call("project", training, all, weights.get("text_projection")); // (B, E)
    }

    private NDArray transform(Operators operators, Weights weights, NDArray embedded, NDArray end) {
        NDArray x = embedded;
        for (int i = 0; i < blocks.length - 1; i++) {
            x = blocks[i].forward(operators, weights, x, true);
        }
        return blocks[blocks.length - 1].forwardPooled(operators, weights, x, end, true); // (b, 1, D)
    }

    private static int rows(NDArray ids) {
        return Math.toIntExact(ids.getShape().get(0));
    }

    private static int columns(NDArray ids) {
        return Math.toIntExact(ids.getShape().get(1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), embedding)};
    }
}
