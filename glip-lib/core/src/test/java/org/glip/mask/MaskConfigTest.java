package org.glip.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MaskConfigTest {
    private static final PatchGrid GRID = new PatchGrid(8);

    @Test
    void makesTheMaskItNames() {
        assertEquals(new NoMask(GRID), MaskConfig.none().on(GRID));
        assertEquals(new RandomMask(GRID, 0.75), MaskConfig.random(0.75).on(GRID));
        assertEquals(
                new GaussianMask(GRID, 0.75, 0.2),
                MaskConfig.gaussian(0.75, 0.2).on(GRID));
        assertEquals(
                new GaussianMask(GRID, 0.75, 0.25),
                MaskConfig.gaussianStandardDeviation(0.75, 0.5).on(GRID));
    }

    @ParameterizedTest
    @EnumSource
    void readsBackTheNameOfEveryKind(MaskConfig.Kind kind) {
        assertEquals(kind, MaskConfig.Kind.parse(kind.toString()));
        assertEquals(kind, MaskConfig.Kind.parse(" " + kind.name() + " "));
    }

    @Test
    void saysWhichMasksThereAre() {
        var error = assertThrows(IllegalArgumentException.class, () -> MaskConfig.Kind.parse("centred"));
        assertTrue(
                error.getMessage().contains("centred") && error.getMessage().contains("none, random or gaussian"),
                error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "GAUSSIAN, 1, .2",
        "GAUSSIAN, .5, 0",
        "GAUSSIAN, .5, -1",
        "GAUSSIAN, .5, NaN",
        "RANDOM, -1, 0",
        "RANDOM, NaN, 0",
        "RANDOM, .5, .2",
        "NONE, .5, 0",
        "NONE, 0, .2"
    })
    void rejectsValuesThatDoNotBelongToTheKind(MaskConfig.Kind kind, double ratio, double sigma) {
        assertThrows(IllegalArgumentException.class, () -> new MaskConfig(kind, ratio, sigma));
    }

    @Test
    void describesItselfForPeople() {
        assertEquals("none", MaskConfig.none().toString());
        assertEquals("random 75%", MaskConfig.random(0.75).toString());
        assertEquals(
                "gaussian 91.8%, sigma 0.2 (variance)",
                MaskConfig.gaussian(0.918, 0.2).toString());
    }
}
