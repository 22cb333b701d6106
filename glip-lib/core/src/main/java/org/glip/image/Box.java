package org.glip.image;

/**
 * A rectangle of whole pixels.
 *
 * @param left first column, at least 0
 * @param top first row, at least 0
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
record Box(int left, int top, int width, int height) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a corner is negative or a side below 1
     */
    public Box {
        if (left < 0 || top < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException("a box at (" + left + ", " + top + ") of " + width + " x " + height
                    + " pixels: the corner must not be negative and the sides at least 1");
        }
    }

    /**
     * Returns the box of everything.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @return the box at (0, 0) of these sides
     */
    public static Box whole(int width, int height) {
        return new Box(0, 0, width, height);
    }

    void requireInside(int outerWidth, int outerHeight) {
        if ((long) left + width > outerWidth || (long) top + height > outerHeight) {
            throw new IllegalArgumentException(
                    this + " reaches beyond " + outerWidth + " x " + outerHeight + " pixels");
        }
    }
}
