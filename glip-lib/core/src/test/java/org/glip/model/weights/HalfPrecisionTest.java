package org.glip.model.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HalfPrecisionTest {
    @Test
    void everyHalfComesBackAsItself() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            float value = HalfPrecision.toFloat((short) bits);
            if (Float.isFinite(value)) {
                assertEquals((short) bits, HalfPrecision.fromFloat(value), () -> "the half of " + value);
            }
        }
    }

    @Test
    void aFloatBecomesTheNearestHalfAndTheEvenOneOfTwo() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            float lower = HalfPrecision.toFloat((short) bits);
            float upper = HalfPrecision.toFloat((short) (bits + 1));
            float middle = (lower + upper) / 2;
            assertEquals(bits % 2 == 0 ? bits : bits + 1, HalfPrecision.fromFloat(middle));
            assertEquals(bits, HalfPrecision.fromFloat(Math.nextDown(middle)));
            assertEquals(bits + 1, HalfPrecision.fromFloat(Math.nextUp(middle)));
        }
    }

    @Test
    void theErrorIsWithinHalfAUnitAndTheSignIsKept() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(-20, 12)));
            float half = HalfPrecision.toFloat(HalfPrecision.fromFloat(value));
            assertTrue(Math.abs(half - value) <= Math.max(Math.abs(value) * 0x1p-11, 0x1p-25), value + " " + half);
        }
        assertEquals((short) 0x8000, HalfPrecision.fromFloat(-0f));
    }

    @ParameterizedTest
    @CsvSource({"65504, 0x7BFF", "65519.99, 0x7BFF", "1, 0x3C00", "-2, 0xC000", "1e-10, 0", "6.0e-8, 1"})
    void valuesAtTheEnds(float value, String bits) {
        assertEquals(Integer.decode(bits).shortValue(), HalfPrecision.fromFloat(value));
    }

    @ParameterizedTest
    @ValueSource(floats = {65520, -1e6f, Float.POSITIVE_INFINITY, Float.NaN})
    void whatHasNoHalfIsRefused(float value) {
        assertThrows(IllegalArgumentException.class, () -> HalfPrecision.fromFloat(value));
    }
}
