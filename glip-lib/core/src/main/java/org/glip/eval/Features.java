package org.glip.eval;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A matrix of L2-normalised feature vectors, one row per image or text, so that a dot product of two rows is their
 * cosine.
 *
 * @param count number of rows, at least 1
 * @param dimension length of a row, at least 1
 * @param values the rows one after the other, {@code count * dimension} finite numbers; not copied, so it must not
 *     change
 */
public record Features(int count, int dimension, float[] values) {
    /** How far a squared norm may be from 1: room for rows that were normalised in 16-bit arithmetic. */
    private static final double NORM_TOLERANCE = 0.02;

    private static final int SHOWN = 4;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the sizes disagree, or a row holds a NaN or an infinity or has not norm 1;
     *     the message names the row
     */
    public Features {
        requireSizes(count, dimension, values);
        for (int row = 0; row < count; row++) {
            double squaredNorm = squaredNorm(values, row, dimension);
            if (Math.abs(squaredNorm - 1) > NORM_TOLERANCE) {
                throw new IllegalArgumentException("Feature row " + row + " has norm " + Math.sqrt(squaredNorm)
                        + ", but rows must be L2-normalised; use Features.normalised(...) for raw features");
            }
        }
    }

    /**
     * Normalises raw features.
     *
     * @param count number of rows, at least 1
     * @param dimension length of a row, at least 1
     * @param raw {@code count * dimension} numbers; left as it is
     * @return the features
     * @throws IllegalArgumentException if the sizes disagree, or a row is not finite or is zero; the message names the
     *     row
     */
    public static Features normalised(int count, int dimension, float[] raw) {
        requireSizes(count, dimension, raw);
        float[] values = raw.clone();
        for (int row = 0; row < count; row++) {
            double norm = Math.sqrt(squaredNorm(raw, row, dimension));
            if (norm == 0) {
                throw new IllegalArgumentException("Feature row " + row + " is zero and has no direction");
            }
            for (int d = 0; d < dimension; d++) {
                values[row * dimension + d] = (float) (raw[row * dimension + d] / norm);
            }
        }
        return new Features(count, dimension, values);
    }

    /**
     * Normalises raw features given as rows.
     *
     * @param rows at least one row, all of one length
     * @return the features
     * @throws IllegalArgumentException as {@link #normalised}, or if a row has another length than the first
     */
    public static Features ofRows(float[][] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("There are no feature rows");
        }
        int dimension = rows[0].length;
        float[] values = new float[Math.multiplyExact(rows.length, dimension)];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != dimension) {
                throw new IllegalArgumentException(
                        "Feature row " + row + " has " + rows[row].length + " numbers, but row 0 has " + dimension);
            }
            System.arraycopy(rows[row], 0, values, row * dimension, dimension);
        }
        return normalised(rows.length, dimension, values);
    }

    /** Some of the rows, in the given order. */
    Features rows(int[] chosen) {
        float[] some = new float[chosen.length * dimension];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * dimension, some, i * dimension, dimension);
        }
        return new Features(chosen.length, dimension, some);
    }

    /** {@return in a line, how many they are and how the first begins} */
    @Override
    public String toString() {
        String first = IntStream.range(0, Math.min(SHOWN, dimension))
                .mapToObj(d -> String.format(Locale.ROOT, "%.3f", values[d]))
                .collect(Collectors.joining(", "));
        return "features (" + count + ", " + dimension + "): [" + first + (dimension > SHOWN ? ", ...]" : "]");
    }

    private static void requireSizes(int count, int dimension, float[] values) {
        Objects.requireNonNull(values, "values");
        if (count < 1 || dimension < 1 || (long) count * dimension != values.length) {
            throw new IllegalArgumentException(
                    "Features of " + count + " rows with " + dimension + " numbers each need both to be positive and "
                            + (long) count * dimension + " values, not " + values.length);
        }
    }

    private static double squaredNorm(float[] values, int row, int dimension) {
        double sum = 0;
        for (int d = 0; d < dimension; d++) {
            float value = values[row * dimension + d];
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(
                        "Feature row " + row + " holds " + value + " at position " + d + "; features must be finite");
            }
            sum += (double) value * value;
        }
        return sum;
    }
}
