package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {
    private static void assertRejects(String part, Executable call) {
        var error = assertThrows(IllegalArgumentException.class, call);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void normalisesEveryRow() {
        Features features = Features.ofRows(new float[][] {{3, 4}, {0, -2}});
        assertArrayEquals(new float[] {0.6f, 0.8f, 0, -1}, features.values());
        assertEquals(2, features.count());
        assertEquals(2, features.dimension());
    }

    @Test
    void leavesTheRawNumbersAlone() {
        float[] raw = {3, 4};
        Features.normalised(1, 2, raw);
        assertArrayEquals(new float[] {3, 4}, raw);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void namesTheRowThatIsNotFinite(float bad) {
        float[] values = {1, 0, 0, 1, 0, bad};
        assertRejects("row 2 holds " + bad + " at position 1", () -> new Features(3, 2, values));
        assertRejects("row 2 holds " + bad, () -> Features.normalised(3, 2, values));
    }

    @Test
    void namesTheRowThatIsNotNormalised() {
        assertRejects("row 1 has norm 2.0", () -> new Features(2, 2, new float[] {1, 0, 0, 2}));
    }

    @Test
    void namesTheRowThatIsZero() {
        assertRejects("row 1 is zero", () -> Features.normalised(2, 2, new float[] {1, 0, 0, 0}));
    }

    @Test
    void rejectsSizesThatDisagree() {
        assertRejects("6 values, not 5", () -> new Features(3, 2, new float[5]));
        assertRejects("4294967296 values", () -> new Features(65536, 65536, new float[0]));
        assertRejects("0 rows", () -> new Features(0, 2, new float[0]));
        assertRejects("no feature rows", () -> Features.ofRows(new float[0][]));
        assertRejects("row 1 has 3 numbers", () -> Features.ofRows(new float[][] {{1, 0}, {1, 0, 0}}));
    }
}
