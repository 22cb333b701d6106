package org.glip.eval;

import java.util.SplittableRandom;

/** Feature matrices for tests. */
final class RandomFeatures {
    private RandomFeatures() {}

    /** Rows in random directions. */
    static Features of(int count, int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] raw = new float[count * dimension];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) (random.nextDouble() - 0.5);
        }
        return Features.normalised(count, dimension, raw);
    }

    /** Rows along one axis each, so that many rows are equal and cosines are exactly 0 or 1. */
    static Features axes(int dimension, int... axisOfRow) {
        float[][] rows = new float[axisOfRow.length][dimension];
        for (int row = 0; row < rows.length; row++) {
            rows[row][axisOfRow[row]] = 1;
        }
        return Features.ofRows(rows);
    }

    /** The cosine in double arithmetic, by definition. */
    static double cosine(Features a, int i, Features b, int j) {
        double sum = 0;
        for (int d = 0; d < a.dimension(); d++) {
            sum += (double) a.values()[i * a.dimension() + d] * b.values()[j * b.dimension() + d];
        }
        return sum;
    }
}
