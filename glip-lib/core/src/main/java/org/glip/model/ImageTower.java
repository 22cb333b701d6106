package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.glip.mask.MaskSampler;

/**
 * The image tower: a vision transformer that sees only the patches a mask keeps (open_clip's
 * {@code VisionTransformer}).
 *
 * <p>Inputs: pixels (B,3,S,S) float32 normalised, and kept (B,k) int64, the numbers of the patches to keep, row by row
 * from the top left. Output: (B,E), not normalised. The class token is never among the kept numbers and always present.
 */
public final class ImageTower extends Tower {
    private static final String ATTENTION = "attention";

    private final ClipConfig.Vision config;
    private final int embedding;
    private final ResidualAttentionBlock[] blocks;

    ImageTower(ClipConfig.Vision config, int embedding, boolean quickGelu, long seed) {
        super(seed, "visual.", config.heads(), quickGelu);
        this.config = config;
        this.embedding = embedding;
        int width = config.width();
        int patch = config.patchSize();
        Init scaled = new Init.Normal(Math.pow(width, -0.5));
        declare("class_embedding", scaled, width);
        declare("positional_embedding", scaled, config.grid().patches() + 1L, width);
        declare("proj", scaled, width, embedding);
        declare("conv1.weight", Init.frameworkDefault(3L * patch * patch), width, 3, patch, patch);
        if (config.normBefore()) {
            declare("ln_pre.weight", ONES, width);
            declare("ln_pre.bias", ZEROS, width);
        }
        blocks = new ResidualAttentionBlock[config.layers()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new ResidualAttentionBlock(
                    this,
                    i,
                    width,
                    config.mlpWidth(),
                    ResidualAttentionBlock.BlockInit.image(width, config.mlpWidth()));
        }
        declare("ln_post.weight", ONES, width);
        declare("ln_post.bias", ZEROS, width);
    }

    /**
     * Returns the configuration.
     *
     * @return the tower's configuration
     */
    public ClipConfig.Vision config() {
        return config;
    }

    /**
     * Lays pictures out as this tower takes them. Pixels are copied once, into memory that the tensor takes over; for a
     * GPU into memory from where it fetches them while this thread goes on.
     *
     * @param manager owner of the tensors
     * @param pictures normalised pixels of each picture, (3,S,S)
     * @param mask what the tower does not see
     * @param seed the run's seed
     * @param step the training step; it changes what a sample keeps from epoch to epoch
     * @param firstSample global index of the first picture
     * @return the inputs of {@link #forward}: pixels (B,3,S,S) float32 and kept (B,k) int64
     * @throws IllegalArgumentException if a picture has another size
     */
    public NDList inputs(
            NDManager manager, List<float[]> pictures, MaskSampler mask, long seed, long step, long firstSample) {
        return new NDList(
                ModelInputs.pixels(operators(), manager, pictures, config.imageSize()),
                ModelInputs.kept(operators(), manager, mask, seed, step, firstSample, pictures.size()));
    }

    @Override
    NDArray encode(NDList inputs, Weights weights) {
        NDArray pixels = inputs.get(0);
        NDArray kept = inputs.get(1);
        requireInput(pixels, kept);
        NDArray x = weights.call( // (B, 1+k, D)
                "embed_patches",
                new NDArray[] {pixels, kept},
                "conv1.weight",
                "class_embedding",
                "positional_embedding");
        if (config.normBefore()) {
            x = norm(weights, "ln_pre", x);
        }
        for (int i = 0; i < blocks.length - 1; i++) {
            x = blocks[i].forward(weights, ATTENTION, x);
        }
        x = pool(weights, x); // (B, 1, D)
        NDArray features = weights.call("project", x, "proj"); // (B, E)
        x.close();
        return features;
    }

    private NDArray pool(Weights weights, NDArray x) {
        ResidualAttentionBlock last = blocks[blocks.length - 1];
        if (config.pooling() == ClipConfig.Vision.Pooling.CLASS_TOKEN) {
            return norm(weights, "ln_post", last.forward(weights, "pooled_attention", x));
        }
        NDArray tokens = norm(weights, "ln_post", last.forward(weights, ATTENTION, x));
        NDArray mean = weights.call("mean_patch", tokens);
        tokens.close();
        return mean;
    }

    private static NDArray norm(Weights weights, String name, NDArray x) {
        NDArray y = weights.call("layer_norm", x, name + ".weight", name + ".bias");
        x.close();
        return y;
    }

    private void requireInput(NDArray pixels, NDArray kept) {
        Shape p = pixels.getShape();
        Shape k = kept.getShape();
        int side = config.imageSize();
        if (p.dimension() != 4 || p.get(1) != 3 || p.get(2) != side || p.get(3) != side) {
            throw new IllegalArgumentException(
                    "the image tower takes pixels (B,3," + side + "," + side + "), not " + p);
        }
        int patches = config.grid().patches();
        if (k.dimension() != 2 || k.get(0) != p.get(0) || k.get(1) < 1 || k.get(1) > patches) {
            throw new IllegalArgumentException("the image tower takes kept patches (" + p.get(0) + ",1.." + patches
                    + "), not " + k + "; is the mask for another grid?");
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), embedding)};
    }
}
