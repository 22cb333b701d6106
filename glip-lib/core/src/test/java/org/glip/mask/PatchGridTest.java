package org.glip.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchGridTest {
    @ParameterizedTest
    @CsvSource({"224, 16, 196", "160, 16, 100", "112, 16, 49", "64, 16, 16", "64, 8, 64", "224, 32, 49", "16, 16, 1"})
    void cutsAnImageIntoPatches(int imageSize, int patchSize, int patches) {
        assertEquals(patches, PatchGrid.of(imageSize, patchSize).patches());
    }

    @ParameterizedTest
    @CsvSource({"225, 16", "8, 16", "0, 16", "224, 0", "-16, 16"})
    void rejectsAnImageThatThePatchesDoNotCover(int imageSize, int patchSize) {
        var error = assertThrows(IllegalArgumentException.class, () -> PatchGrid.of(imageSize, patchSize));
        assertTrue(error.getMessage().contains("multiple of the patch size"), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 46_341, Integer.MAX_VALUE})
    void rejectsASideWithoutACountablePatchNumber(int side) {
        assertThrows(IllegalArgumentException.class, () -> new PatchGrid(side));
    }

    @Test
    void aMaskIsDrawnInText() {
        assertEquals("# . .\n. # #\n. . .", new PatchGrid(3).drawing(new int[] {5, 0, 4}));
        assertThrows(IndexOutOfBoundsException.class, () -> new PatchGrid(3).drawing(new int[] {9}));
    }

    @Test
    void aMaskIsAcceptedOnItsOwnGridOnly() {
        MaskSampler mask = Mask.random(0.5).on(new PatchGrid(14));
        assertSame(mask, mask.requireGrid(PatchGrid.of(224, 16)));
        var error = assertThrows(IllegalArgumentException.class, () -> mask.requireGrid(PatchGrid.of(64, 8)));
        assertTrue(error.getMessage().contains("14 x 14") && error.getMessage().contains("8 x 8"), error.getMessage());
    }
}
