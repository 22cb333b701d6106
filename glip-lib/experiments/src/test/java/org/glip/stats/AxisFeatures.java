package org.glip.stats;

import org.glip.eval.Features;

/** Features along one axis each, so that many rows are equal and cosines are exactly 0 or 1. */
public final class AxisFeatures {
    private AxisFeatures() {}

    public static Features axes(int dimension, int... axisOfRow) {
        float[][] rows = new float[axisOfRow.length][dimension];
        for (int row = 0; row < rows.length; row++) {
            rows[row][axisOfRow[row]] = 1;
        }
        return Features.ofRows(rows);
    }
}
