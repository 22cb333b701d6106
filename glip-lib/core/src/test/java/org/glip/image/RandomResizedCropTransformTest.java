package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.glip.Parity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RandomResizedCropTransformTest {
    private static final Normalization CLIP = Normalization.clip();
    private static final int DRAWS = 200_000;

    /** Cumulative frequencies of torchvision's draws. */
    record Distribution(double[] edges, double[] cumulative) {}

    record Case(
            int width,
            int height,
            double[] scale,
            int draws,
            @SerializedName("variables") Map<String, Distribution> of) {
        @Override
        public String toString() {
            return width + " x " + height + ", scale " + Arrays.toString(scale);
        }
    }

    static List<Case> torchvision() throws IOException {
        try (Reader json = GoldenPictures.json("random_resized_crop.json")) {
            return List.of(new Gson().fromJson(json, Case[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("torchvision")
    void drawsAreaRatioAndPlaceLikeTorchvision(Case golden) {
        RandomResizedCropTransform transform =
                new RandomResizedCropTransform(8, golden.scale()[0], golden.scale()[1], CLIP);
        SplittableRandom random = new SplittableRandom(11);
        Box[] crops = new Box[DRAWS];
        Arrays.setAll(crops, i -> transform.drawCrop(golden.width(), golden.height(), random));
        double pixels = (double) golden.width() * golden.height();
        check(golden, "area", crops, crop -> (double) crop.width() * crop.height() / pixels);
        check(golden, "ratio", crops, crop -> (double) crop.width() / crop.height());
        check(golden, "left", crops, Box::left);
        check(golden, "top", crops, Box::top);
    }

    private static void check(Case golden, String variable, Box[] crops, ToDoubleFunction<Box> value) {
        Distribution expected = golden.of().get(variable);
        double[] values = Arrays.stream(crops).mapToDouble(value).sorted().toArray();
        double distance = 0;
        int below = 0;
        for (int i = 0; i < expected.edges().length; i++) {
            while (below < values.length && values[below] <= expected.edges()[i]) {
                below++;
            }
            distance = Math.max(distance, Math.abs((double) below / values.length - expected.cumulative()[i]));
        }
        // The two-sample bound of Kolmogorov and Smirnov at a level of 1e-4.
        double bound = 2.23 * Math.sqrt(1.0 / golden.draws() + 1.0 / DRAWS);
        Parity.check("crops, " + golden + ", " + variable, "Kolmogorov-Smirnov distance", distance, bound);
    }

    @Test
    void staysInsideOfPicturesOfAnySize() {
        RandomResizedCropTransform transform = new RandomResizedCropTransform(8, 0.01, 1, CLIP);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50_000; i++) {
            int width = 1 + (int) Math.pow(400, random.nextDouble());
            int height = i % 3 == 0 ? 1 : 1 + random.nextInt(30);
            Box crop = transform.drawCrop(width, height, random);
            crop.requireInside(width, height);
        }
    }

    /** Where no crop of an allowed ratio is large enough, torchvision takes the largest central one. */
    @ParameterizedTest
    @CsvSource({"400,30,180,0,40,30", "30,400,0,180,30,40", "1,9,0,4,1,1", "9,1,4,0,1,1"})
    void fallsBackToTheCentralCrop(int width, int height, int left, int top, int cropWidth, int cropHeight) {
        Box crop = new RandomResizedCropTransform(8, 1, 1, CLIP).drawCrop(width, height, new SplittableRandom(1));
        assertEquals(new Box(left, top, cropWidth, cropHeight), crop);
    }

    @Test
    void writesTheResizedCropNormalised() {
        RgbImage picture = PillowResizerTest.noise(40, 30, new SplittableRandom(7));
        RandomResizedCropTransform transform = new RandomResizedCropTransform(16, 0.5, 1, CLIP);
        Box crop = transform.drawCrop(40, 30, new SplittableRandom(9));
        float[] expected = new float[3 * 256];
        CLIP.apply(PillowResizer.resize(picture, crop, 16, 16), expected, 0);
        float[] actual = new float[3 * 256];
        transform.apply(picture, new SplittableRandom(9), actual, 0);
        assertArrayEquals(expected, actual);
    }

    @Test
    void refusesScalesOutOfOrderOrRange() {
        for (double[] scale : new double[][] {{0, 1}, {0.9, 0.5}, {0.5, 1.1}, {Double.NaN, 1}, {-1, 1}}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> new RandomResizedCropTransform(8, scale[0], scale[1], CLIP));
            assertTrue(refused.getMessage().contains("above 0, at most 1"), refused.getMessage());
        }
    }
}
