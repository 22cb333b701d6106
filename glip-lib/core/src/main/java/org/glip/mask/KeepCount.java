package org.glip.mask;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** From a masking ratio to the number of patches that stay. */
final class KeepCount {
    private KeepCount() {}

    /**
     * {@code max(1, floor(patches * (1 - maskingRatio)))}, the paper's k.
     *
     * <p>The product is taken in decimal arithmetic on the ratio as it is written: in binary, 100 * (1 - 0.9) is
     * 9.999999999999998, and its floor would lose a patch.
     *
     * @param patches N, at least 1
     * @param maskingRatio share of the patches that is dropped, in [0, 1)
     * @return k, between 1 and {@code patches}
     * @throws IllegalArgumentException if an argument is outside its range
     */
    static int keptPatches(int patches, double maskingRatio) {
        if (patches < 1) {
            throw new IllegalArgumentException("A mask needs at least one patch, not " + patches);
        }
        requireRatio(maskingRatio);
        BigDecimal keptShare = BigDecimal.ONE.subtract(BigDecimal.valueOf(maskingRatio));
        BigDecimal kept = keptShare.multiply(BigDecimal.valueOf(patches)).setScale(0, RoundingMode.FLOOR);
        return Math.max(1, kept.intValueExact());
    }

    /** Rejects a masking ratio outside [0, 1), NaN included. */
    static void requireRatio(double maskingRatio) {
        if (!(maskingRatio >= 0 && maskingRatio < 1)) {
            throw new IllegalArgumentException(
                    "The masking ratio is the share of patches that is dropped and must be in [0, 1),"
                            + " for example 0.75, not " + maskingRatio);
        }
    }

    /** A masking ratio as people write it, rounded to hundredths of a percent, such as {@code 91.8%}. */
    static String percent(double maskingRatio) {
        return (Math.round(maskingRatio * 1e4) / 1e2 + "%").replace(".0%", "%");
    }
}
