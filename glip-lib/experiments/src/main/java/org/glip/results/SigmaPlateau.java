package org.glip.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sigmas that are as good as the best one, as far as noise lets one tell.
 *
 * @param best the best point; random masking takes part
 * @param within the points that are no further below the best than noise explains, in the order of sigma, the best
 *     included
 * @param measured number of points that were compared
 * @param largestMargin the largest difference to the best that would have counted as noise; 0 if there is one point
 * @param isOverSeeds whether noise is that of seeds; else that of test pictures only, as some point has a single seed
 */
public record SigmaPlateau(
        SigmaPoint best, List<SigmaPoint> within, int measured, double largestMargin, boolean isOverSeeds) {
    /** By how much two points may differ by noise. */
    @FunctionalInterface
    interface Margin {
        double between(SigmaPoint one, SigmaPoint other);
    }

    static SigmaPlateau of(List<SigmaPoint> points, Margin margin, boolean overSeeds) {
        SigmaPoint best = points.stream()
                .max(Comparator.comparingDouble(point -> point.spread().mean()))
                .orElseThrow();
        List<SigmaPoint> within = new ArrayList<>();
        double largest = 0;
        for (SigmaPoint point : points) {
            if (point.equals(best)) {
                within.add(point);
                continue;
            }
            double noise = margin.between(best, point);
            largest = Math.max(largest, noise);
            if (best.spread().mean() - point.spread().mean() <= noise) {
                within.add(point);
            }
        }
        return new SigmaPlateau(best, List.copyOf(within), points.size(), largest, overSeeds);
    }
}
