package org.glip.claims;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.stats.Hits;
import org.glip.stats.MeanInterval;
import org.glip.stats.PairedComparison;

/**
 * A weighted sum of figures of several runs of the same seed, such as one method's accuracy minus another's. Runs of a
 * seed begin with the same weights and see the same pairs in the same order, so much of the seed's noise falls out of
 * it.
 *
 * @param terms what is summed
 */
record SeedContrast(List<Term> terms) {
    private static final double LEVEL = 0.95;

    SeedContrast {
        terms = List.copyOf(terms);
    }

    /** One figure: the metric of the run that the choice is true of. */
    record Term(double weight, Predicate<RunSettings> choice, Metric metric) {}

    /** The first figure minus the second. */
    static SeedContrast difference(Predicate<RunSettings> first, Predicate<RunSettings> second, Metric metric) {
        return new SeedContrast(List.of(new Term(1, first, metric), new Term(-1, second, metric)));
    }

    /** The first metric minus the second of the same run. */
    static SeedContrast between(Metric first, Metric second, Predicate<RunSettings> choice) {
        return new SeedContrast(List.of(new Term(1, choice, first), new Term(-1, choice, second)));
    }

    /** Over the seeds that have all figures; nothing if there is none. */
    Optional<MeanInterval> over(List<RunResult> runs) {
        return interval(runs, this::value);
    }

    /** The same as a share of the last figure, such as how much more one method costs than the other. */
    Optional<MeanInterval> relativeOver(List<RunResult> runs) {
        Metric last = terms.get(terms.size() - 1).metric();
        return interval(
                runs, ofSeed -> value(ofSeed) / ofSeed.get(terms.size() - 1).value(last));
    }

    private Optional<MeanInterval> interval(List<RunResult> runs, ToDoubleFunction<List<RunResult>> figure) {
        double[] values = complete(runs).values().stream().mapToDouble(figure).toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(MeanInterval.of(LEVEL, values));
    }

    private double value(List<RunResult> ofSeed) {
        double sum = 0;
        for (int i = 0; i < terms.size(); i++) {
            sum += terms.get(i).weight() * ofSeed.get(i).value(terms.get(i).metric());
        }
        return sum;
    }

    /**
     * By seed, the probability of so uneven a split of images; only of a difference of two top-1 accuracies with their
     * hits.
     */
    List<Double> pValues(List<RunResult> runs) {
        List<Double> values = new ArrayList<>();
        if (terms.size() == 2
                && terms.stream()
                        .allMatch(term -> term.metric().testOf(Metric.TOP_1).isPresent())) {
            for (List<RunResult> ofSeed : complete(runs).values()) {
                Optional<Hits> first = hits(ofSeed.get(0), terms.get(0));
                Optional<Hits> second = hits(ofSeed.get(1), terms.get(1));
                if (first.isPresent() && second.isPresent()) {
                    values.add(PairedComparison.of(first.get(), second.get()).midPValue());
                }
            }
        }
        return values;
    }

    private static Optional<Hits> hits(RunResult run, Term term) {
        return term.metric().testOf(Metric.TOP_1).flatMap(run::hits);
    }

    /** By seed, the run of each term, for seeds that have them all. */
    private SortedMap<Long, List<RunResult>> complete(List<RunResult> runs) {
        SortedMap<Long, List<RunResult>> bySeed = new TreeMap<>();
        for (Term term : terms) {
            runsOf(term, runs)
                    .forEach((seed, run) -> bySeed.computeIfAbsent(seed, none -> new ArrayList<>())
                            .add(run));
        }
        bySeed.values().removeIf(ofSeed -> ofSeed.size() != terms.size());
        return bySeed;
    }

    private static Map<Long, RunResult> runsOf(Term term, List<RunResult> runs) {
        Map<Long, RunResult> bySeed = new HashMap<>();
        for (RunResult run : runs) {
            RunSettings settings = run.settings();
            if (term.choice().test(settings) && run.has(term.metric()) && bySeed.put(settings.seed(), run) != null) {
                throw new IllegalArgumentException("A comparison needs one run of each method and seed, but of "
                        + settings + " there are several");
            }
        }
        return bySeed;
    }
}
