package org.glip.model;

import java.nio.FloatBuffer;

/**
 * Another start of the picture's position embedding than open_clip's random one: sines and cosines of a patch's column
 * and row (Vaswani et al. 2017, in two dimensions as in open_clip's {@code sin_cos_2d}), so that a new model knows from
 * the first step which patches are neighbours. Unlike there, it is learnt on like any other weight, and it is weaker
 * and of shorter waves, for grids of a few patches a side: {@code docs/recipe.md} says what it gives.
 */
public final class PositionWaves {
    private static final double AMPLITUDE = 0.5;

    /** Wavelengths go from 2 pi to this many times as much, in patches. */
    private static final double LONGEST = 50;

    private PositionWaves() {}

    /**
     * Replaces the position embedding of a new model: zeros for the class token, and for a patch in one half of the
     * width its column, in the other its row.
     *
     * @param model changed in place; the width of its image tower is a multiple of 4
     * @throws IllegalArgumentException for another width
     */
    public static void write(ClipModel model) {
        int width = model.config().vision().width();
        if (width % 4 != 0) {
            throw new IllegalArgumentException(
                    "position waves need an image tower of a width that is a multiple of 4, not " + width);
        }
        int side = model.config().vision().grid().side();
        FloatBuffer values = FloatBuffer.allocate((1 + side * side) * width);
        values.position(width);
        for (int patch = 0; patch < side * side; patch++) {
            putWaves(values, patch % side, width / 4);
            putWaves(values, patch / side, width / 4);
        }
        model.visual().overwrite(model.tensors().get("visual.positional_embedding"), values.rewind());
    }

    private static void putWaves(FloatBuffer values, int place, int count) {
        for (int half = 0; half < 2; half++) {
            for (int i = 0; i < count; i++) {
                double angle = place / Math.pow(LONGEST, (double) i / count);
                values.put((float) (AMPLITUDE * (half == 0 ? Math.sin(angle) : Math.cos(angle))));
            }
        }
    }
}
