package org.glip.model.weights;

/** IEEE 754 half precision; the JDK converts it only from version 20 on. */
final class HalfPrecision {
    private static final int MANTISSA_BITS = 10;
    private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;
    private static final int MAX_EXPONENT = 31;

    private HalfPrecision() {}

    /** The float of a half's bits; exact, since every half is a float. */
    static float toFloat(short bits) {
        int exponent = (bits >> MANTISSA_BITS) & MAX_EXPONENT;
        int mantissa = bits & MANTISSA;
        float magnitude;
        if (exponent == MAX_EXPONENT) {
            magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = mantissa * 0x1p-24f; // subnormal
        } else {
            magnitude = Math.scalb(1f + mantissa * 0x1p-10f, exponent - 15);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
