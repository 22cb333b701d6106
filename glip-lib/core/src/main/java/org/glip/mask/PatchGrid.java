package org.glip.mask;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The square grid of patches an image is cut into. Patches are numbered row by row from the top left:
 * {@code index = row * side + column}. The class token is not a patch and has no index here.
 *
 * @param side patches along one side, at least 1
 */
public record PatchGrid(int side) {
    /** The largest side whose number of patches fits an {@code int}. */
    private static final int MAXIMAL_SIDE = 46_340;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if {@code side} is not positive, or so large that the patches cannot be counted
     */
    public PatchGrid {
        if (side < 1 || side > MAXIMAL_SIDE) {
            throw new IllegalArgumentException(
                    "A patch grid needs a side between 1 and " + MAXIMAL_SIDE + " patches, not " + side);
        }
    }

    /**
     * {@return the grid of a square image}
     *
     * @param imageSize side of the image in pixels
     * @param patchSize side of a patch in pixels
     * @throws IllegalArgumentException if the patches do not cover the image exactly
     */
    public static PatchGrid of(int imageSize, int patchSize) {
        if (patchSize < 1 || imageSize < patchSize || imageSize % patchSize != 0) {
            throw new IllegalArgumentException("An image of " + imageSize + " px cannot be cut into patches of "
                    + patchSize + " px: the image size must be a positive multiple of the patch size");
        }
        return new PatchGrid(imageSize / patchSize);
    }

    /** {@return the number of patches, N = side²} */
    public int patches() {
        return side * side;
    }

    /**
     * Draws which patches stay, in text: a row of the grid a line, {@code #} for a patch that is kept, {@code .} for
     * one that is hidden.
     *
     * @param kept indices of the kept patches, in any order
     * @return the lines
     * @throws IndexOutOfBoundsException if there is no such patch; it is named
     */
    public String drawing(int[] kept) {
        char[] marks = ". ".repeat(patches()).toCharArray();
        for (int patch : kept) {
            marks[2 * Objects.checkIndex(patch, patches())] = '#';
        }
        return IntStream.range(0, side)
                .mapToObj(row -> new String(marks, 2 * row * side, 2 * side - 1))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return side + " x " + side + " patches";
    }
}
