package org.glip.eval;

import java.util.Arrays;

/**
 * Cosines of a query with many targets, a panel of targets at a time, so that the whole (queries, targets) matrix never
 * exists.
 *
 * <p>A panel holds an array per dimension, with a number for each of its targets. The innermost loop runs over
 * neighbouring targets in arrays of their own: that is a form the JIT turns into vector instructions, which a sum over
 * dimensions or an offset into one large array is not (four times slower, measured). Every cosine is summed in the same
 * order wherever its target stands, so equal features give exactly equal cosines, and {@link #cosine} gives the same
 * bits.
 */
final class SimilarityPanels {
    /** Targets per panel: with 512 dimensions a panel is 512 KiB and stays in the second-level cache. */
    static final int WIDTH = 256;

    /** Dimensions summed in one pass over the cosines. */
    private static final int STRIDE = 4;

    private final Features targets;

    /** By panel, dimension and target; targets beyond the last are zero. */
    private final float[][][] panels;

    SimilarityPanels(Features targets) {
        this.targets = targets;
        int dimension = targets.dimension();
        panels = new float[(targets.count() + WIDTH - 1) / WIDTH][dimension][WIDTH];
        for (int target = 0; target < targets.count(); target++) {
            float[][] panel = panels[target / WIDTH];
            for (int d = 0; d < dimension; d++) {
                panel[d][target % WIDTH] = targets.values()[target * dimension + d];
            }
        }
    }

    int count() {
        return panels.length;
    }

    /** How many targets the panel holds; its first is target {@code panel * WIDTH}. */
    int width(int panel) {
        return Math.min(WIDTH, targets.count() - panel * WIDTH);
    }

    /** Writes the cosines of one query with the targets of one panel; {@code cosines} has {@link #WIDTH} places. */
    void cosines(Features queries, int query, int panel, float[] cosines) {
        float[] q = queries.values();
        float[][] p = panels[panel];
        int dimension = queries.dimension();
        int start = query * dimension;
        Arrays.fill(cosines, 0);
        int d = 0;
        for (; d + STRIDE <= dimension; d += STRIDE) {
            int i = start + d;
            addFour(cosines, q[i], p[d], q[i + 1], p[d + 1], q[i + 2], p[d + 2], q[i + 3], p[d + 3]);
        }
        for (; d < dimension; d++) {
            addOne(cosines, q[start + d], p[d]);
        }
    }

    private static void addFour(
            float[] sum, float q0, float[] p0, float q1, float[] p1, float q2, float[] p2, float q3, float[] p3) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += q0 * p0[j] + q1 * p1[j] + q2 * p2[j] + q3 * p3[j];
        }
    }

    private static void addOne(float[] sum, float q, float[] p) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += q * p[j];
        }
    }

    /** The cosine of one query and one target, bit for bit as {@link #cosines} computes it. */
    float cosine(Features queries, int query, int target) {
        float[] q = queries.values();
        float[] t = targets.values();
        int dimension = queries.dimension();
        int i = query * dimension;
        int j = target * dimension;
        float sum = 0;
        int d = 0;
        for (; d + STRIDE <= dimension; d += STRIDE, i += STRIDE, j += STRIDE) {
            sum += q[i] * t[j] + q[i + 1] * t[j + 1] + q[i + 2] * t[j + 2] + q[i + 3] * t[j + 3];
        }
        for (; d < dimension; d++) {
            sum += q[i++] * t[j++];
        }
        return sum;
    }

    static void requireSameDimension(String first, Features a, String second, Features b) {
        if (a.dimension() != b.dimension()) {
            throw new IllegalArgumentException(first + " features have " + a.dimension() + " dimensions, but " + second
                    + " features have " + b.dimension() + "; both must come from the same model");
        }
    }
}
