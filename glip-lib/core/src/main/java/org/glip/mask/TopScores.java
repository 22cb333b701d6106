package org.glip.mask;

import java.util.SplittableRandom;

/** The sampling step that all masks share: noise plus bonus, and the indices of the largest sums. */
final class TopScores {
    private TopScores() {}

    /**
     * Adds uniform noise to every score and returns the indices of the {@code kept} largest.
     *
     * @param noise one number is drawn for each score, in the order of the indices
     * @param scores the bonus of each patch; overwritten
     * @param kept how many indices to return, between 1 and the number of scores
     * @return ascending indices; of equal scores the smaller index stays
     */
    static int[] keep(SplittableRandom noise, double[] scores, int kept) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] += noise.nextDouble();
        }
        double threshold = largest(scores.clone(), kept);
        int ties = kept;
        for (double score : scores) {
            ties -= score > threshold ? 1 : 0;
        }
        int[] indices = new int[kept];
        for (int i = 0, n = 0; n < kept; i++) {
            if (scores[i] > threshold || (scores[i] == threshold && ties-- > 0)) {
                indices[n++] = i;
            }
        }
        return indices;
    }

    /** The {@code rank}-th largest value (1 = the maximum) by Hoare's selection; reorders the values. */
    private static double largest(double[] values, int rank) {
        int target = values.length - rank;
        int low = 0;
        int high = values.length - 1;
        while (low < high) {
            double pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swap = values[i];
                    values[i++] = values[j];
                    values[j--] = swap;
                }
            }
            if (target <= j) {
                high = j;
            } else if (target >= i) {
                low = i;
            } else {
                break;
            }
        }
        return values[target];
    }
}
