package org.glip.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.glip.eval.Hits;
import org.glip.train.Provenance;

/**
 * What one run measured, and where it comes from.
 *
 * @param settings what distinguishes the run
 * @param metrics figures by name, in the order of writing; shares are in [0, 1], never percent
 * @param hits which test images were right, by the name of the evaluation, such as {@code tuned}; for paired tests. May be empty
 * @param provenance what is needed to make it again
 */
public record RunResult(
        RunSettings settings, Map<String, Double> metrics, Map<String, Hits> hits, Provenance provenance) {
    /**
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

    /** A result that does not say which images were right. */
    public RunResult(RunSettings settings, Map<String, Double> metrics, Provenance provenance) {
        this(settings, metrics, Map.of(), provenance);
    }
}
