package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.mask.Mask;
import org.glip.mask.PatchGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskPicturesTest {
    private static final int GREY = Palette.MASKED_PATCH.getRGB();

    /** Sizes that the patches fit, and sizes that they do not. */
    @ParameterizedTest
    @CsvSource({"64, 8", "224, 14", "100, 14", "14, 14", "65, 8", "30, 1"})
    void greysTheDroppedPatchesAndKeepsThePixelsOfTheOthers(int size, int side) {
        BufferedImage picture = Pixels.coloured(size, size, 1);
        PatchGrid grid = new PatchGrid(side);
        int[] kept = Mask.random(0.6).on(grid).sample(1, 2, 3);
        BufferedImage masked = MaskPictures.masked(picture, grid, kept);
        assertEquals(size, masked.getWidth());
        assertEquals(size, masked.getHeight());
        for (int patch = 0; patch < grid.patches(); patch++) {
            int wanted = patch;
            boolean isKept = IntStream.of(kept).anyMatch(k -> k == wanted);
            // A pixel belongs to the patch that holds its place as a fraction of the side.
            for (int y = patch / side * size / side; y < (patch / side + 1) * size / side; y++) {
                for (int x = patch % side * size / side; x < (patch % side + 1) * size / side; x++) {
                    assertEquals(isKept ? picture.getRGB(x, y) : GREY, masked.getRGB(x, y), "pixel " + x + ", " + y);
                }
            }
        }
    }

    @Test
    void leavesTheOriginalAlone() {
        BufferedImage picture = Pixels.coloured(32, 32, 1);
        MaskPictures.masked(picture, new PatchGrid(4), new int[] {0});
        assertEquals(0, Pixels.count(picture, Palette.MASKED_PATCH));
    }

    @Test
    void saysWhichPictureOrPatchDoesNotFit() {
        PatchGrid grid = new PatchGrid(8);
        assertRejects("64 x 32 px", () -> MaskPictures.masked(Pixels.coloured(64, 32, 1), grid, new int[] {0}));
        assertRejects("4 x 4 px", () -> MaskPictures.masked(Pixels.coloured(4, 4, 1), grid, new int[] {0}));
        assertRejects("Patch 64", () -> MaskPictures.masked(Pixels.coloured(64, 64, 1), grid, new int[] {64}));
        assertRejects("no pictures", () -> MaskPictures.figure1(List.of(), grid, 0.5, 0.2, 1));
    }

    private static void assertRejects(String part, Executable call) {
        var error = assertThrows(IllegalArgumentException.class, call);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void figure1ShowsTheImageTheRandomAndTheCentredMask() {
        PatchGrid grid = new PatchGrid(14);
        List<BufferedImage> pictures = List.of(Pixels.coloured(300, 200, 1), Pixels.coloured(64, 64, 2));
        BufferedImage figure = MaskPictures.figure1(pictures, grid, 0.75, 0.2, 5);
        int column = figure.getWidth() / 3;
        int all = Pixels.count(figure, column, 0, column, figure.getHeight(), rgb -> rgb == GREY);
        // 168 px tiles of 14 x 14 patches of 12 px, 147 of 196 dropped, two pictures.
        assertEquals(2 * 147 * 12 * 12, all);
        assertEquals(all, Pixels.count(figure, 2 * column, 0, column, figure.getHeight(), rgb -> rgb == GREY));
        assertEquals(0, Pixels.count(figure, 0, 0, column, figure.getHeight(), rgb -> rgb == GREY));
        // The very draws of sample 1: the pixel in the middle of each patch of the lower row.
        int[] centred = Mask.gaussian(0.75, 0.2).on(grid).sample(5, 0, 1);
        int top = figure.getHeight() - 12 - 168;
        for (int patch = 0; patch < 196; patch++) {
            int wanted = patch;
            int pixel = figure.getRGB(12 + 2 * 180 + patch % 14 * 12 + 6, top + patch / 14 * 12 + 6);
            assertEquals(IntStream.of(centred).noneMatch(k -> k == wanted), pixel == GREY, "patch " + patch);
        }
    }

    @Test
    void figure3HasAColumnPerSigma() {
        BufferedImage figure = MaskPictures.figure3(
                List.of(Pixels.coloured(64, 64, 1)), new PatchGrid(8), 0.5, new double[] {0.1, 0.2, 0.8}, 1);
        assertEquals(12 + 5 * 180, figure.getWidth());
        assertEquals(4 * 32 * 21 * 21, Pixels.count(figure, Palette.MASKED_PATCH));
    }

    @Test
    void aRowPerRatioDropsAsManyPatchesAsItSays() {
        BufferedImage figure = MaskPictures.byRatio(
                Pixels.coloured(300, 200, 1), new PatchGrid(14), new double[] {0.5, 0.918}, new double[] {0.2}, 1);
        assertEquals(12 + 2 * 180, figure.getWidth());
        assertEquals(2 * (98 + 180) * 12 * 12, Pixels.count(figure, Palette.MASKED_PATCH));
    }
}
