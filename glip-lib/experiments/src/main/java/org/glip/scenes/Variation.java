package org.glip.scenes;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * Another look of a drawing: turned, stretched, slanted and recoloured a little at random, as another hand might have
 * drawn it. A long training learns the few drawings of each concept by heart; it cannot learn these.
 */
final class Variation {
    private static final double LARGEST_TURN = Math.toRadians(15);
    /** Of the logarithm of the factor along each axis. */
    private static final double LARGEST_STRETCH = 0.18;

    private static final double LARGEST_SLANT = 0.15;
    /** So that few corners are turned out of the square. */
    private static final double SHRINKING = 0.93;

    /** Standard deviations: in turns of the colour circle, and of the logarithms of factors. */
    private static final double HUE_DEVIATION = 0.04;

    private static final double SATURATION_DEVIATION = 0.25;
    private static final double BRIGHTNESS_DEVIATION = 0.15;

    /** From RGB to NTSC's YIQ, in which hue is an angle, and back. */
    private static final double[][] TO_YIQ = {{0.299, 0.587, 0.114}, {0.596, -0.274, -0.322}, {0.211, -0.523, 0.312}};

    private static final double[][] TO_RGB = {{1, 0.956, 0.621}, {1, -0.272, -0.647}, {1, -1.106, 1.703}};

    private Variation() {}

    /** Varies a drawing; the square stays as large. */
    static ArgbImage of(ArgbImage drawing, SplittableRandom random) {
        return recoloured(posed(drawing, random), random);
    }

    private static ArgbImage posed(ArgbImage drawing, SplittableRandom random) {
        double turn = random.nextDouble(-LARGEST_TURN, LARGEST_TURN);
        double wider = Math.exp(random.nextDouble(-LARGEST_STRETCH, LARGEST_STRETCH));
        double higher = Math.exp(random.nextDouble(-LARGEST_STRETCH, LARGEST_STRETCH));
        double slant = random.nextDouble(-LARGEST_SLANT, LARGEST_SLANT);
        double shrinking = SHRINKING / Math.max(wider, higher);
        AffineTransform pose = new AffineTransform();
        pose.translate(drawing.width() / 2.0, drawing.height() / 2.0);
        pose.rotate(turn);
        pose.shear(slant, 0);
        pose.scale(wider * shrinking, higher * shrinking);
        pose.translate(-drawing.width() / 2.0, -drawing.height() / 2.0);
        BufferedImage posed = new BufferedImage(drawing.width(), drawing.height(), BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D pen = posed.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(drawing.toBufferedImage(BufferedImage.TYPE_INT_ARGB_PRE), pose, null);
        pen.dispose();
        return ArgbImage.of(posed);
    }

    private static ArgbImage recoloured(ArgbImage drawing, SplittableRandom random) {
        double angle = 2 * Math.PI * HUE_DEVIATION * random.nextGaussian();
        double saturation = Math.exp(SATURATION_DEVIATION * random.nextGaussian());
        double brightness = Math.exp(BRIGHTNESS_DEVIATION * random.nextGaussian());
        double cos = saturation * Math.cos(angle);
        double sin = saturation * Math.sin(angle);
        double[][] change =
                product(TO_RGB, product(new double[][] {{brightness, 0, 0}, {0, cos, -sin}, {0, sin, cos}}, TO_YIQ));
        int[] recoloured = new int[drawing.argb().length];
        for (int i = 0; i < recoloured.length; i++) {
            recoloured[i] = changed(drawing.argb()[i], change);
        }
        return new ArgbImage(drawing.width(), drawing.height(), recoloured);
    }

    private static int changed(int argb, double[][] change) {
        int result = argb & 0xFF000000;
        for (int c = 0; c < 3; c++) {
            double[] row = change[c];
            double value = row[0] * (argb >> 16 & 255) + row[1] * (argb >> 8 & 255) + row[2] * (argb & 255);
            result |= (int) Math.max(0, Math.min(255, Math.round(value))) << (16 - 8 * c);
        }
        return result;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (int k = 0; k < 3; k++) {
                    product[row][column] += a[row][k] * b[k][column];
                }
            }
        }
        return product;
    }
}
