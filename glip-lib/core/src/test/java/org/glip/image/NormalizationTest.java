package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NormalizationTest {
    @Test
    void equalsToTensorAndNormalizeInEveryBit() throws IOException {
        float[][] expected;
        try (Reader json = GoldenPictures.json("normalization.json")) {
            expected = new Gson().fromJson(json, float[][].class);
        }
        byte[] ramp = new byte[3 * 256];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (i / 3);
        }
        float[] planes = new float[3 * 256];
        Normalization.clip().apply(new RgbImage(16, 16, ramp), planes, 0);
        for (int channel = 0; channel < 3; channel++) {
            assertArrayEquals(expected[channel], Arrays.copyOfRange(planes, 256 * channel, 256 * channel + 256), 0f);
        }
    }

    @Test
    void writesPlanesAtTheOffsetAndNothingElse() {
        RgbImage picture = new RgbImage(2, 1, new byte[] {0, 51, 102, (byte) 153, (byte) 204, (byte) 255});
        float[] target = new float[10];
        Arrays.fill(target, -9);
        new Normalization(new float[] {0, 0, 0}, new float[] {1, 1, 1}).apply(picture, target, 2);
        assertArrayEquals(new float[] {-9, -9, 0, 0.6f, 0.2f, 0.8f, 0.4f, 1, -9, -9}, target, 1e-6f);
    }

    @Test
    void refusesConstantsThatCannotBe() {
        float[] three = {0.5f, 0.5f, 0.5f};
        assertThrows(IllegalArgumentException.class, () -> new Normalization(new float[2], three));
        assertThrows(IllegalArgumentException.class, () -> new Normalization(three, new float[] {1, 1, 1, 1}));
        assertThrows(IllegalArgumentException.class, () -> new Normalization(new float[] {0, Float.NaN, 0}, three));
        IllegalArgumentException zero =
                assertThrows(IllegalArgumentException.class, () -> new Normalization(three, new float[] {1, 0, 1}));
        assertTrue(zero.getMessage().contains("deviation above 0"), zero.getMessage());
    }

    @Test
    void keepsItsOwnCopyOfTheConstants() {
        float[] mean = {0.1f, 0.2f, 0.3f};
        Normalization normalization = new Normalization(mean, new float[] {1, 1, 1});
        mean[0] = 7;
        normalization.mean()[1] = 7;
        assertArrayEquals(new float[] {0.1f, 0.2f, 0.3f}, normalization.mean());
        assertEquals(new Normalization(new float[] {0.1f, 0.2f, 0.3f}, new float[] {1, 1, 1}), normalization);
    }
}
