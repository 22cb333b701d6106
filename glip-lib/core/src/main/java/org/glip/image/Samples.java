package org.glip.image;

/** Arithmetic on samples of 8 bits, without branches, so that loops over it become vector code. */
final class Samples {
    private Samples() {}

    /**
     * The nearest value in 0..255. {@code Math.min} and {@code Math.max} would do, but keep the compiler from vectors.
     */
    static int clamp(int value) {
        int positive = value & ~(value >> 31);
        return (positive | 255 - positive >> 31) & 255;
    }
}
