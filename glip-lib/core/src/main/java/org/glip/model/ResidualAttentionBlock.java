package org.glip.model;

import ai.djl.ndarray.NDArray;

/**
 * A pre-norm transformer block: {@code x + attention(ln_1(x))}, then {@code x + mlp(ln_2(x))} (open_clip's class of
 * this name).
 *
 * <p>Where only one token of each sample feeds the output, the last block computes that token's query and MLP only.
 * That is exact, since nothing reads the other tokens afterwards.
 */
final class ResidualAttentionBlock {
    private final String[] attention;
    private final String[] mlp;

    /** Declares the block's twelve parameters in the tower, under {@code transformer.resblocks.INDEX.}. */
    ResidualAttentionBlock(Tower tower, int index, int width, int mlpWidth, BlockInit init) {
        String prefix = "transformer.resblocks." + index + ".";
        attention = new String[] {
            tower.declare(prefix + "ln_1.weight", Tower.ONES, width),
            tower.declare(prefix + "ln_1.bias", Tower.ZEROS, width),
            tower.declare(prefix + "attn.in_proj_weight", init.inProjection(), 3L * width, width),
            tower.declare(prefix + "attn.in_proj_bias", Tower.ZEROS, 3L * width),
            tower.declare(prefix + "attn.out_proj.weight", init.outProjection(), width, width),
            tower.declare(prefix + "attn.out_proj.bias", Tower.ZEROS, width)
        };
        mlp = new String[] {
            tower.declare(prefix + "ln_2.weight", Tower.ONES, width),
            tower.declare(prefix + "ln_2.bias", Tower.ZEROS, width),
            tower.declare(prefix + "mlp.c_fc.weight", init.mlpIn(), mlpWidth, width),
            tower.declare(prefix + "mlp.c_fc.bias", Init.frameworkDefault(width), mlpWidth),
            tower.declare(prefix + "mlp.c_proj.weight", init.mlpOut(), width, mlpWidth),
            tower.declare(prefix + "mlp.c_proj.bias", Init.frameworkDefault(mlpWidth), width)
        };
    }

    /**
     * The block's output; closes {@code x}.
     *
     * @param operator the operator of the attention half
     * @param x the residual stream, in that operator's shape
     * @param plan what the operator takes between the stream and the weights
     */
    NDArray forward(Tower.Weights weights, String operator, NDArray x, NDArray... plan) {
        NDArray[] tensors = new NDArray[1 + plan.length];
        tensors[0] = x;
        System.arraycopy(plan, 0, tensors, 1, plan.length);
        NDArray attended = weights.call(operator, tensors, attention);
        x.close();
        NDArray y = weights.call("mlp", attended, mlp);
        attended.close();
        return y;
    }

    /** How the four matrices of a block start. */
    record BlockInit(Init inProjection, Init outProjection, Init mlpIn, Init mlpOut) {
        /** The image tower keeps the framework's defaults. */
        static BlockInit image(int width, int mlpWidth) {
            return new BlockInit(
                    Init.xavierUniform(width, 3L * width),
                    Init.frameworkDefault(width),
                    Init.frameworkDefault(width),
                    Init.frameworkDefault(mlpWidth));
        }

        /** The text tower scales its residual writers by depth. */
        static BlockInit text(int width, int layers) {
            double in = Math.pow(width, -0.5);
            double out = in * Math.pow(2.0 * layers, -0.5);
            return new BlockInit(
                    new Init.Normal(in),
                    new Init.Normal(out),
                    new Init.Normal(Math.pow(2.0 * width, -0.5)),
                    new Init.Normal(out));
        }
    }
}
