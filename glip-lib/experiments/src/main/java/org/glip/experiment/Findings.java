package org.glip.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.eval.ClassificationResult;
import org.glip.results.Metric;
import org.glip.results.TestName;
import org.glip.stats.Hits;

/**
 * What a test has found so far: figures in the order of finding, which pictures were right, and what was said of each.
 */
public final class Findings {
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final Map<String, Double> questions = new LinkedHashMap<>();
    private final Map<String, Hits> hits = new LinkedHashMap<>();
    private final Map<TestName, Predictions> predictions = new LinkedHashMap<>();

    /** Begins without a finding. */
    public Findings() {}

    /**
     * Adds a figure.
     *
     * @param metric its name
     * @param value the figure, a share in [0, 1] unless its name says otherwise
     */
    public void add(Metric metric, double value) {
        metrics.put(metric.name(), value);
    }

    /**
     * Adds a share of right answers.
     *
     * @param metric its name
     * @param share in [0, 1]
     * @param count how many questions there were, such as pictures
     */
    public void add(Metric metric, double share, double count) {
        add(metric, share);
        questions.put(metric.name(), count);
    }

    /**
     * Adds the measures of a test.
     *
     * @param test its name
     * @param measures shares by their names
     * @param pictures how many there were
     */
    public void add(TestName test, Map<String, Double> measures, int pictures) {
        measures.forEach((measure, share) -> add(test.metric(new Metric(measure)), share, pictures));
    }

    private void add(TestName test, ClassificationResult result) {
        add(test, result.metrics(), result.count());
        // Each class counts the same there, however few pictures it has.
        List<ClassificationResult.ClassRecall> classes = result.perClass();
        double weights =
                classes.stream().mapToDouble(each -> 1.0 / each.images()).sum();
        questions.put(test.meanPerClassRecall().name(), classes.size() * classes.size() / weights);
    }

    /**
     * Adds the measures of a classification and which pictures it got right.
     *
     * @param test its name
     * @param result the classification
     */
    public void addWithHits(TestName test, ClassificationResult result) {
        add(test, result);
        hits.put(test.label(), Hits.of(result));
    }

    /** Adds the measures of a classification, and what it said. */
    void add(TestName test, Predictions said) {
        add(test, said.classified());
        predictions.put(test, said);
    }

    /** Adds the measures of a classification, which pictures it got right, and what it said. */
    void addWithHits(TestName test, Predictions said) {
        addWithHits(test, said.classified());
        predictions.put(test, said);
    }

    /** The figures so far, by the names that result files use. */
    Map<String, Double> metrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /** How many questions the shares among the figures are of, by the name of the figure. */
    Map<String, Double> questions() {
        return Collections.unmodifiableMap(questions);
    }

    /** Which pictures were right, by the name of the test. */
    Map<String, Hits> hits() {
        return Collections.unmodifiableMap(hits);
    }

    /** What was said, by test. */
    Map<TestName, Predictions> predictions() {
        return Collections.unmodifiableMap(predictions);
    }
}
