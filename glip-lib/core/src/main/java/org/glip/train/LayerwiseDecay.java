package org.glip.train;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layer-wise decay of the learning rate (Clark and others 2020, ELECTRA; as BEiT and MAE fine-tune vision
 * transformers): layer l of L learns at {@code rate * decay^(L - l)}. Layer 0 is the patch and position embedding with
 * its norm, blocks follow, and the last layer is what comes after the blocks, the head included.
 *
 * @param decay in (0, 1]; 1 lets all layers learn alike
 * @param blocks transformer blocks of the tower
 */
record LayerwiseDecay(double decay, int blocks) {
    private static final Pattern BLOCK = Pattern.compile("transformer\\.resblocks\\.(\\d+)\\..*");
    private static final Pattern EMBEDDING =
            Pattern.compile("conv1\\.weight|class_embedding|positional_embedding|ln_pre\\..*");

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the decay is out of range
     */
    LayerwiseDecay {
        if (!(decay > 0 && decay <= 1)) {
            throw new IllegalArgumentException("the layer decay must be above 0 and at most 1, not " + decay);
        }
    }

    /**
     * The factor of the learning rate of a tensor.
     *
     * @param name open_clip's name within the image tower, such as {@code transformer.resblocks.3.ln_1.weight}
     * @return {@code decay^(L - l)}, in (0, 1]
     */
    double factor(String name) {
        int last = blocks + 1;
        Matcher block = BLOCK.matcher(name);
        int layer = last;
        if (block.matches()) {
            layer = Integer.parseInt(block.group(1)) + 1;
        } else if (EMBEDDING.matcher(name).matches()) {
            layer = 0;
        }
        return Math.pow(decay, last - layer);
    }
}
