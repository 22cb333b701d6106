package org.glip.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well scores put the pictures of one class before all others, where a picture may have several classes. A tie
 * counts against the model: of equal scores, those of other classes come first.
 */
final class AveragePrecision {
    /** Recalls of 0, .1, ... 1, at which the official measure of VOC 2007 looks. */
    private static final int POINTS = 11;

    private final boolean[] isPositive;
    private final int positives;

    private AveragePrecision(boolean[] ranked) {
        this.isPositive = ranked;
        this.positives =
                (int) IntStream.range(0, ranked.length).filter(i -> ranked[i]).count();
    }

    /**
     * Ranks pictures.
     *
     * @param scores a score for each picture
     * @param positive whether it shows the class
     * @throws IllegalArgumentException if there are not as many of one as of the other
     */
    static AveragePrecision of(float[] scores, boolean[] positive) {
        if (scores.length != positive.length) {
            throw new IllegalArgumentException(
                    "there are " + scores.length + " scores, but labels of " + positive.length + " pictures");
        }
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> positive[i]));
        boolean[] ranked = new boolean[order.length];
        for (int place = 0; place < order.length; place++) {
            ranked[place] = positive[order[place]];
        }
        return new AveragePrecision(ranked);
    }

    /**
     * {@return the mean, over the pictures of the class, of the precision down to each, as CLIP_benchmark computes it;
     * 0 where there is none}
     */
    double mean() {
        double sum = 0;
        int found = 0;
        for (int place = 0; place < isPositive.length; place++) {
            if (isPositive[place]) {
                found++;
                sum += (double) found / (place + 1);
            }
        }
        return positives == 0 ? 0 : sum / positives;
    }

    /**
     * {@return the mean, over eleven recalls from 0 to 1, of the best precision at that recall or a higher one: the
     * official measure of PASCAL VOC 2007 (Everingham et al., IJCV 2010, section 4.2)}
     */
    double elevenPoints() {
        double[] best = new double[POINTS];
        int found = 0;
        for (int place = 0; place < isPositive.length; place++) {
            found += isPositive[place] ? 1 : 0;
            double precision = (double) found / (place + 1);
            for (int point = 0; point < POINTS && reaches(found, point); point++) {
                best[point] = Math.max(best[point], precision);
            }
        }
        return positives == 0
                ? 0
                : IntStream.range(0, POINTS).mapToDouble(point -> best[point]).sum() / POINTS;
    }

    /** Whether so many of the class are a recall of at least so many tenths, without rounding. */
    private boolean reaches(int found, int tenths) {
        return (long) found * (POINTS - 1) >= (long) tenths * positives;
    }
}
