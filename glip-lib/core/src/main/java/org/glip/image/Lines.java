package org.glip.image;

/** Parallel lines of RGB pixels that are resampled into each other: the rows of a picture, or its columns. */
interface Lines {
    /** Pixels in each line. */
    int pixels();

    /**
     * Reads a line.
     *
     * @param line which
     * @param planes receives red, green and blue, 0..255, each (pixels)
     */
    void read(int line, int[][] planes);
}
