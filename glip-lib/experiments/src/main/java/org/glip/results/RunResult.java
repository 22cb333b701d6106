package org.glip.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.glip.stats.Hits;
import org.glip.train.Provenance;

/**
 * What one run measured, and where it comes from.
 *
 * @param settings what distinguishes the run
 * @param metrics figures by name ({@link Metric}), in the order of writing; shares are in [0, 1], never percent
 * @param hits which test images were right, by the name of the test ({@link TestName}); for paired comparisons. May be
 *     empty
 * @param provenance what is needed to make it again
 */
public record RunResult(
        RunSettings settings, Map<String, Double> metrics, Map<String, Hits> hits, Provenance provenance) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is no metric, or one is not finite; the message names it
     */
    public RunResult {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(provenance, "provenance");
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("A result needs at least one metric");
        }
        metrics.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("Metric \"" + name + "\" is " + value
                        + "; metrics must be finite, and are left out where" + " there is no measurement");
            }
        });
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        hits = Collections.unmodifiableMap(new LinkedHashMap<>(hits));
    }

    /**
     * Returns a figure.
     *
     * @param metric which one
     * @return it, or nothing if it was not measured
     */
    public Optional<Double> find(Metric metric) {
        return Optional.ofNullable(metrics.get(metric.name()));
    }

    /**
     * Returns whether there is a figure.
     *
     * @param metric which one
     * @return whether it was measured
     */
    public boolean has(Metric metric) {
        return metrics.containsKey(metric.name());
    }

    /**
     * Returns a figure that must be there.
     *
     * @param metric which one
     * @return it
     * @throws IllegalArgumentException if it was not measured; it is named
     */
    public double value(Metric metric) {
        return find(metric)
                .orElseThrow(() -> new IllegalArgumentException(
                        "A measurement of " + settings.method() + " lacks the metric \"" + metric + "\""));
    }

    /**
     * Returns which images a test got right.
     *
     * @param test which test
     * @return them, or nothing if the result does not say
     */
    public Optional<Hits> hits(TestName test) {
        return Optional.ofNullable(hits.get(test.label()));
    }

    /**
     * A result that does not say which images were right.
     *
     * @param settings what tells the run from others
     * @param metrics figures by name, at least one
     * @param provenance where it comes from
     */
    public RunResult(RunSettings settings, Map<String, Double> metrics, Provenance provenance) {
        this(settings, metrics, Map.of(), provenance);
    }
}
