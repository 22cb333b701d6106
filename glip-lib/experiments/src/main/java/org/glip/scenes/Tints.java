package org.glip.scenes;

import java.awt.Color;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Gives drawings without a colour of their own one: about the mean colour of the coloured drawing of the same thing by
 * the same hand, as if somebody had coloured it in, else any. Twins share a split ({@link Likeness}), so a test tells
 * nothing of training.
 */
final class Tints {
    private static final float DARKEST_INK = 0;
    private static final float LIGHTEST_INK = 0.3f;
    private static final float DARKEST_PAPER = 0.5f;

    private final Map<Foreground, float[]> ofTwins = new HashMap<>();

    /** Looks for the twins among the drawings of one split. */
    Tints(List<Foreground> drawings) throws IOException {
        Map<String, Foreground> coloured = new HashMap<>();
        for (Foreground drawing : drawings) {
            if (!ForegroundSource.isColourless(drawing.style())) {
                coloured.putIfAbsent(twin(drawing), drawing);
            }
        }
        for (Foreground drawing : drawings) {
            Foreground twin = coloured.get(twin(drawing));
            if (twin != null && ForegroundSource.isColourless(drawing.style())) {
                ofTwins.put(drawing, meanColour(ArgbImage.decode(twin.png(), twin.origin())));
            }
        }
    }

    private static String twin(Foreground drawing) {
        return ForegroundSource.of(drawing.style()).hand() + " "
                + drawing.concept().id();
    }

    /** Hue, saturation and brightness, each in [0, 1], of the mean colour where the picture is opaque. */
    private static float[] meanColour(ArgbImage picture) {
        double[] sums = new double[3];
        double alphas = 0;
        for (int argb : picture.argb()) {
            int alpha = argb >>> 24;
            alphas += alpha;
            for (int c = 0; c < 3; c++) {
                sums[c] += (double) alpha * (argb >> (16 - 8 * c) & 255);
            }
        }
        return Color.RGBtoHSB((int) (sums[0] / alphas), (int) (sums[1] / alphas), (int) (sums[2] / alphas), null);
    }

    /** The drawing as a sticker, in dark ink on paper in its colour. */
    ArgbImage sticker(Foreground drawing, ArgbImage shape, SplittableRandom random) {
        int ink =
                Color.HSBtoRGB(random.nextFloat(), random.nextFloat(0.5f), random.nextFloat(DARKEST_INK, LIGHTEST_INK));
        float[] twin = ofTwins.get(drawing);
        return Sticker.of(shape, ink, twin == null ? anyPaper(random) : paper(twin, random));
    }

    private static int anyPaper(SplittableRandom random) {
        return Color.HSBtoRGB(random.nextFloat(), random.nextFloat(0.4f), random.nextFloat(0.8f, 1));
    }

    /** A little off its twin's, and light enough for the ink to be seen on it. */
    private static int paper(float[] twin, SplittableRandom random) {
        float hue = twin[0] + random.nextFloat(-0.02f, 0.02f);
        float saturation = Math.min(1, twin[1] * random.nextFloat(0.8f, 1.2f));
        float light = DARKEST_PAPER + (1 - DARKEST_PAPER) * twin[2] + random.nextFloat(-0.1f, 0.1f);
        return Color.HSBtoRGB(hue, saturation, Math.max(0, Math.min(1, light)));
    }
}
