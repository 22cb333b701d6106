package org.glip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.glip.data.SampleSource;
import org.glip.engine.ProcessGroup;
import org.glip.mask.Mask;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of an evaluation, and what is asked of them.
 *
 * @param sources the pictures by the name of their set, in the order in which they are looked at
 * @param severalClasses whether pictures may have several classes each
 * @param labelling the classes; null for a part, which asks nothing
 * @param shown what the model does not see of them
 */
record EvaluationSets(
        Map<String, SampleSource> sources,
        boolean severalClasses,
        @Nullable Labelling labelling,
        Mask shown) {
    /** The pictures that the model is tested by. */
    SampleSource test() {
        return Objects.requireNonNull(sources.get(EvaluationTasks.TEST));
    }

    /** The pictures that are learned from, if the task learns. */
    @Nullable
    SampleSource training() {
        return sources.get(EvaluationTasks.TRAINING);
    }

    /** The same, of which is known how many there are and where each lies. */
    EvaluationSets indexed(PrintWriter err, ProcessGroup ranks) throws IOException {
        Map<String, SampleSource> indexed = new LinkedHashMap<>();
        for (Map.Entry<String, SampleSource> source : sources.entrySet()) {
            indexed.put(source.getKey(), KnownData.indexed(source.getValue(), true, err, ranks));
        }
        return new EvaluationSets(indexed, severalClasses, labelling, shown);
    }

    /** Both, for the provenance. */
    String describe() {
        SampleSource training = training();
        return (training == null ? "" : "training " + training.describe() + "; test ") + test().describe();
    }
}
