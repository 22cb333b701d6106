package org.glip.model;

/** Checks of configuration fields, with messages that name the field as the JSON has it. */
final class Checks {
    private Checks() {}

    static void positive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " must be at least 1, not " + value);
        }
    }

    static void heads(String part, int width, int headWidth) {
        positive(part + ".head_width", headWidth);
        if (width < headWidth || width % headWidth != 0) {
            throw new IllegalArgumentException(
                    part + ".width " + width + " must be a multiple of " + part + ".head_width " + headWidth);
        }
    }

    static void mlpRatio(String part, int width, double ratio) {
        if (!(ratio > 0 && ratio <= 64) || width * ratio < 1) {
            throw new IllegalArgumentException(part + ".mlp_ratio must be in (0,64], not " + ratio);
        }
    }
}
