package org.glip.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.eval.ClassificationResult;
import org.glip.eval.Hits;

/** What an evaluation has found so far: figures in the order of finding, and which pictures were right. */
final class Findings {
    private final Map<String, Double> metrics;
    private final Map<String, Hits> hits = new LinkedHashMap<>();

    /** Begins with figures that are known, such as those of the training. */
    Findings(Map<String, Double> known) {
        this.metrics = new LinkedHashMap<>(known);
    }

    /** The figures, to be added to. */
    Map<String, Double> metrics() {
        return metrics;
    }

    Map<String, Hits> hits() {
        return hits;
    }

    /** Adds figures under the name of what was tested. */
    void add(String name, Map<String, Double> figures) {
        figures.forEach((metric, value) -> metrics.put(name + " " + metric, value));
    }

    ClassificationResult add(String name, ClassificationResult result) {
        add(name, result.metrics());
        return result;
    }

    ClassificationResult addWithHits(String name, ClassificationResult result) {
        hits.put(name, Hits.of(result));
        return add(name, result);
    }
}
