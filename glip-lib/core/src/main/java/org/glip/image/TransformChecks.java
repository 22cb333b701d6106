package org.glip.image;

/** The checks that all transforms share. */
final class TransformChecks {
    private TransformChecks() {}

    static void requireSize(int outputSize) {
        if (outputSize < 1) {
            throw new IllegalArgumentException(
                    "the size of a transform's output is " + outputSize + "; it must be at least 1");
        }
    }

    static void requireRoom(int outputSize, float[] target, int offset) {
        long end = offset + 3L * outputSize * outputSize;
        if (offset < 0 || end > target.length) {
            throw new IllegalArgumentException("a picture of 3 x " + outputSize + " x " + outputSize
                    + " floats at offset " + offset + " does not fit into an array of " + target.length);
        }
    }
}
