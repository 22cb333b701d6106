package org.glip.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepCountTest {
    @ParameterizedTest
    @CsvSource({
        "196, 0, 196",
        "196, 0.5, 98",
        "196, 0.75, 49",
        "196, 0.9, 19",
        "196, 0.918, 16",
        "196, 0.95, 9",
        "49, 0.5, 24",
        "100, 0.9, 10",
        "64, 0.75, 16",
        "10, 0.7, 3",
        "1000, 0.999, 1"
    })
    void followsTheTableOfThePaper(int patches, double ratio, int kept) {
        assertEquals(kept, KeepCount.keptPatches(patches, ratio));
    }

    @Test
    void isTheDecimalFloorForEveryRatioWithThreeDigits() {
        for (int patches = 1; patches <= 300; patches++) {
            for (int thousandths = 0; thousandths < 1000; thousandths++) {
                int expected = Math.max(1, patches * (1000 - thousandths) / 1000);
                assertEquals(
                        expected,
                        KeepCount.keptPatches(patches, Double.parseDouble("0." + "%03d".formatted(thousandths))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 49, 196})
    void neverKeepsNothing(int patches) {
        assertEquals(1, KeepCount.keptPatches(patches, Math.nextDown(1.0)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, 75, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
    void rejectsARatioOutsideItsRange(double ratio) {
        var error = assertThrows(IllegalArgumentException.class, () -> KeepCount.keptPatches(196, ratio));
        assertTrue(
                error.getMessage().contains("[0, 1)") && error.getMessage().contains(Double.toString(ratio)),
                error.getMessage());
    }

    @Test
    void rejectsAnEmptyGrid() {
        assertThrows(IllegalArgumentException.class, () -> KeepCount.keptPatches(0, 0.5));
    }
}
