package org.glip.eval;

import java.util.Arrays;
import java.util.List;

/**
 * What is kept of an image's scores: how many other classes score at least what the true one does, and the best
 * classes.
 */
record Ranking(int rankOfLabel, int[] best) {
    /**
     * Ranks.
     *
     * @param scores the score of each class; may be longer
     * @param classes how many
     * @param label the true class
     */
    static Ranking of(float[] scores, int classes, int label) {
        int[] best = new int[Math.min(ClassificationResult.PREDICTIONS, classes)];
        int filled = 0;
        int rank = 0;
        for (int c = 0; c < classes; c++) {
            rank += c != label && scores[c] >= scores[label] ? 1 : 0;
            int place = filled;
            while (place > 0 && isAhead(scores, c, best[place - 1], label)) {
                place--;
            }
            if (place < best.length) {
                filled = Math.min(filled + 1, best.length);
                System.arraycopy(best, place, best, place + 1, filled - place - 1);
                best[place] = c;
            }
        }
        return new Ranking(rank, best);
    }

    /**
     * Whether a later class goes before an earlier one: its score is higher, or level with the true class (ties count
     * against us).
     */
    private static boolean isAhead(float[] scores, int later, int earlier, int label) {
        return scores[later] > scores[earlier] || (scores[later] == scores[earlier] && earlier == label);
    }

    /** The result over a set of images. */
    static ClassificationResult result(List<String> classNames, int[] labels, Ranking[] rankings) {
        return new ClassificationResult(
                classNames,
                labels,
                Arrays.stream(rankings).mapToInt(Ranking::rankOfLabel).toArray(),
                Arrays.stream(rankings).map(Ranking::best).toArray(int[][]::new));
    }
}
