package org.glip.scenes;

import java.awt.Color;
import java.util.SplittableRandom;

/**
 * A change of colours, the same for all pixels of a drawing: so that training learns shapes too, and not the colours of
 * the few drawings that it sees of a thing.
 *
 * @param hue added to the hue, in turns
 * @param saturation factor of the saturation
 * @param brightness factor of the brightness
 */
record Recolouring(float hue, float saturation, float brightness) {
    /** Standard deviation of the hue, in turns. */
    private static final double HUE = Double.parseDouble(System.getProperty("jit", ".03"));
    /** Standard deviation of the factors' logarithms. */
    private static final double FACTOR = 3 * HUE;

    /** Draws one. */
    static Recolouring draw(SplittableRandom random) {
        return new Recolouring(
                (float) (HUE * random.nextGaussian()), (float) Math.exp(FACTOR * random.nextGaussian()), (float)
                        Math.exp(FACTOR * random.nextGaussian()));
    }

    /** The colour that becomes of one, 0xAARRGGBB; alpha stays. */
    int of(int argb) {
        float[] hsb = Color.RGBtoHSB(argb >> 16 & 255, argb >> 8 & 255, argb & 255, null);
        int rgb = Color.HSBtoRGB(hsb[0] + hue, Math.min(1, hsb[1] * saturation), Math.min(1, hsb[2] * brightness));
        return argb & 0xFF000000 | rgb & 0xFFFFFF;
    }
}
