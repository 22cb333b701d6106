package org.glip.claims;

import java.util.List;
import java.util.Optional;
import org.glip.stats.MeanInterval;

/**
 * One quantity that a claim of the paper speaks of, as measured over training seeds.
 *
 * @param statement what the claim says, in words
 * @param measured mean over the seeds with its 95 % interval; nothing where no seed has all the runs needed
 * @param expectation what the claim says of it
 * @param pValues per seed, how likely so uneven a split of the test images is between two models that are equally good
 *     (McNemar's test, mid-p); empty where files do not tell which images were right
 * @param published the paper's figure, or nothing where it is not at hand
 */
public record Finding(
        String statement,
        Optional<MeanInterval> measured,
        Expectation expectation,
        List<Double> pValues,
        Optional<Double> published) {
    /** With fewer seeds the noise is not known well enough to say anything. */
    public static final int LEAST_SEEDS = 3;

    /** A point: what lies within it of nothing is called small. */
    public static final double BOUND = 0.01;

    /** Copies the list. */
    public Finding {
        pValues = List.copyOf(pValues);
    }

    /** What a claim says of a quantity. */
    public sealed interface Expectation {
        /**
         * {@return whether the whole interval is as the claim says}
         *
         * @param interval what was measured
         */
        boolean isMetBy(MeanInterval interval);

        /**
         * {@return whether the whole interval is as the claim denies}
         *
         * @param interval what was measured
         */
        boolean isContradictedBy(MeanInterval interval);
    }

    /** More than nothing. */
    public record Positive() implements Expectation {
        @Override
        public boolean isMetBy(MeanInterval interval) {
            return interval.low() > 0;
        }

        @Override
        public boolean isContradictedBy(MeanInterval interval) {
            return interval.high() < 0;
        }
    }

    /**
     * As good as nothing.
     *
     * @param tolerance how far from zero that reaches to either side, positive
     */
    public record Within(double tolerance) implements Expectation {
        @Override
        public boolean isMetBy(MeanInterval interval) {
            return interval.low() > -tolerance && interval.high() < tolerance;
        }

        @Override
        public boolean isContradictedBy(MeanInterval interval) {
            return interval.low() >= tolerance || interval.high() <= -tolerance;
        }
    }

    /** What is said about a claim or a part of it; the worst comes last. */
    public enum Verdict {
        /** The 95 % interval over seeds lies wholly where the claim puts it. */
        REPRODUCED("reproduced"),
        /** There may be a difference, but the whole interval lies within {@link #BOUND} of none. */
        BOUNDED("bounded"),
        /** Runs are missing, or there are fewer than {@link #LEAST_SEEDS} seeds. */
        NOT_TESTABLE("not testable here"),
        /** The interval reaches to both sides, and farther than {@link #BOUND}: seeds differ by too much. */
        NOT_RESOLVED("not resolved"),
        /** The interval lies wholly where the claim denies it. */
        REFUTED("refuted");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** {@return the verdict by the rule in {@link Verdict}} */
    public Verdict verdict() {
        if (measured.isEmpty() || measured.get().seeds() < LEAST_SEEDS) {
            return Verdict.NOT_TESTABLE;
        }
        MeanInterval interval = measured.get();
        if (expectation.isMetBy(interval)) {
            return Verdict.REPRODUCED;
        }
        if (expectation.isContradictedBy(interval)) {
            return Verdict.REFUTED;
        }
        boolean isSmall = expectation instanceof Positive && interval.low() > -BOUND && interval.high() < BOUND;
        return isSmall ? Verdict.BOUNDED : Verdict.NOT_RESOLVED;
    }
}
