package org.glip.results;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.glip.mask.Mask;
import org.glip.stats.ConfidenceInterval;
import org.glip.stats.Hits;
import org.glip.stats.SeedNoise;
import org.glip.stats.SeedSpread;

/** The runs of a sigma sweep on one preset with one masking ratio, by sigma; random masking is the infinite sigma. */
public final class SigmaPanel {
    /** The test whose hits tell the number of test pictures and are compared in pairs. */
    public static final TestName TEST = TestName.TUNED;

    private static final double LEVEL = 0.95;

    /** The standard normal deviate that belongs to it. */
    private static final double DEVIATE = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - LEVEL) / 2);

    private final String preset;
    private final double ratio;
    private final NavigableMap<Double, NavigableMap<Long, Run>> runs = new TreeMap<>();

    /**
     * A result and its file, to be named where something is amiss.
     *
     * @param file where the result was read
     * @param result the result
     */
    public record Run(Path file, RunResult result) {
        /** {@return which pictures were right after the tuning} */
        public Hits hits() {
            return result.hits(TEST).orElseThrow();
        }
    }

    SigmaPanel(String preset, double ratio) {
        this.preset = preset;
        this.ratio = ratio;
    }

    /**
     * Adds a run that {@link SigmaSweep} has looked at, unless there is one of the same sigma and seed, which is
     * returned.
     */
    Run add(double sigma, Run run) {
        Run before = runs.computeIfAbsent(sigma, none -> new TreeMap<>())
                .putIfAbsent(run.result().settings().seed(), run);
        return before == null ? run : before;
    }

    /**
     * Finds the runs of a sigma.
     *
     * @param sigma the paper's sigma, a variance; infinite for the random mask
     * @return the runs by seed; none if it was not measured
     */
    public NavigableMap<Long, Run> at(double sigma) {
        return Collections.unmodifiableNavigableMap(runs.getOrDefault(sigma, Collections.emptyNavigableMap()));
    }

    /** {@return the preset of the data} */
    public String preset() {
        return preset;
    }

    /** {@return the share of patches that is hidden, in [0, 1)} */
    public double ratio() {
        return ratio;
    }

    /** {@return a title, such as {@code centred, 75% masked}} */
    public String title() {
        return preset + ", " + masking() + " masked";
    }

    /** {@return the share of patches that is hidden, such as {@code 75%}} */
    public String masking() {
        return Mask.random(ratio).percent();
    }

    /** {@return the sigmas in ascending order; infinite, last, is random masking} */
    public SortedSet<Double> sigmas() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(runs.keySet()));
    }

    /**
     * Returns a share at all sigmas, random masking last. The error bar is one standard deviation over seeds on either
     * side; where there is a single seed, the 95 % interval by the binomial law over the test pictures.
     *
     * @param metric such as that of {@link TestName#top1}; a share of the pictures in the held-out style
     * @return a point for each sigma
     * @throws IllegalArgumentException if a file does not have it, or it is no share; the file is named
     */
    public List<SigmaPoint> points(Metric metric) {
        return runs.keySet().stream().map(sigma -> point(sigma, metric)).toList();
    }

    private SigmaPoint point(double sigma, Metric metric) {
        NavigableMap<Long, Run> ofSigma = runs.get(sigma);
        SeedSpread spread = SeedSpread.of(
                ofSigma.values().stream().mapToDouble(run -> share(run, metric)).toArray());
        if (spread.runs() > 1) {
            double deviation = spread.standardDeviation();
            return new SigmaPoint(
                    sigma, spread, Math.max(0, spread.mean() - deviation), Math.min(1, spread.mean() + deviation));
        }
        int images = ofSigma.firstEntry().getValue().hits().images();
        int right = (int) Math.round(spread.mean() * images);
        ConfidenceInterval interval = ConfidenceInterval.ofShare(right, images, LEVEL);
        return new SigmaPoint(sigma, spread, interval.low(), interval.high());
    }

    private static double share(Run run, Metric metric) {
        Optional<Double> value = run.result().find(metric);
        return value.filter(share -> share >= 0 && share <= 1)
                .orElseThrow(() -> new IllegalArgumentException("Result file " + run.file() + ": its metric \"" + metric
                        + "\" is "
                        + value.map(wrong -> wrong + ", no share in [0, 1]").orElse("missing")));
    }

    /**
     * Returns which sigmas are as good as the best one, up to noise.
     *
     * @param metric as for {@link #points}
     * @return the best sigma and those like it
     */
    public SigmaPlateau plateau(Metric metric) {
        List<SigmaPoint> points = points(metric);
        boolean overSeeds = points.stream().allMatch(SigmaPoint::isOverSeeds);
        SigmaPlateau.Margin margin;
        if (overSeeds) {
            SeedNoise noise =
                    SeedNoise.pooled(points.stream().map(SigmaPoint::spread).toList());
            margin = (a, b) -> noise.margin(a.spread().runs(), b.spread().runs(), LEVEL);
        } else {
            int images =
                    runs.firstEntry().getValue().firstEntry().getValue().hits().images();
            margin = (a, b) -> pictureMargin(a.spread(), b.spread(), images);
        }
        return SigmaPlateau.of(points, margin, overSeeds);
    }

    /**
     * The half-width of the 95 % interval of a difference of shares, test pictures drawn anew for each; cautious, as
     * they are shared.
     */
    private static double pictureMargin(SeedSpread a, SeedSpread b, int images) {
        double variance = a.mean() * (1 - a.mean()) / images + b.mean() * (1 - b.mean()) / images;
        return DEVIATE * Math.sqrt(variance);
    }
}
