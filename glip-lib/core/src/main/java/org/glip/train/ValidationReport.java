package org.glip.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link Validation} found.
 *
 * @param samples pairs seen so far in the stage
 * @param seconds wall time of the stage so far, waiting for data included and validations left out; a stage that goes
 *     on from a checkpoint counts from there
 * @param figures by name
 */
public record ValidationReport(long samples, double seconds, Map<String, Double> figures) {
    /** Copies the figures, in their order. */
    public ValidationReport {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
