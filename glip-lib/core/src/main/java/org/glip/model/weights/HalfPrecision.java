package org.glip.model.weights;

/** IEEE 754 half precision; the JDK converts it only from version 20 on. */
final class HalfPrecision {
    private static final int MANTISSA_BITS = 10;
    private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;
    private static final int MAX_EXPONENT = 31;

    /** Of the smallest normal half; below it, halves are as far apart as there. */
    private static final int SMALLEST_EXPONENT = -14;

    /** From here on, a float is nearer to infinity than to the largest half. */
    private static final float OVERFLOW = 65520;

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

    /**
     * The bits of the half nearest to a float, of two that are as near the even one.
     *
     * @throws IllegalArgumentException where the float is beyond the largest half or no number
     */
    static short fromFloat(float value) {
        float magnitude = Math.abs(value);
        if (!(magnitude < OVERFLOW)) {
            throw new IllegalArgumentException(value + " has no half: the largest is 65504");
        }
        // A half's bits are its place among all halves of its sign, so that rounding up into the next power of two
        // needs
        // no case of its own.
        int exponent = Math.max(Math.getExponent(magnitude), SMALLEST_EXPONENT);
        double units = Math.rint(Math.scalb((double) magnitude, MANTISSA_BITS - exponent));
        int bits = ((exponent - SMALLEST_EXPONENT) << MANTISSA_BITS) + (int) units;
        return (short) (Float.floatToRawIntBits(value) < 0 ? bits | Short.MIN_VALUE : bits);
    }
}
