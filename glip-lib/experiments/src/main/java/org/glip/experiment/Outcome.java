package org.glip.experiment;

import java.util.Map;
import org.glip.results.RunResult;
import org.glip.results.TestName;

/**
 * What a run came to.
 *
 * @param result the figures, with provenance
 * @param models what was tested
 * @param predictions what the models said of each picture, by test
 */
public record Outcome(RunResult result, TrainedModels models, Map<TestName, Predictions> predictions) {
    /** Copies the map. */
    public Outcome {
        predictions = Map.copyOf(predictions);
    }

    /**
     * Returns what the model said of each picture of a test.
     *
     * @param test such as {@link TestName#TUNED}
     * @return its predictions
     * @throws IllegalArgumentException if the run has no such test
     */
    public Predictions predictions(TestName test) {
        Predictions said = predictions.get(test);
        if (said == null) {
            throw new IllegalArgumentException(
                    "The run has no test \"" + test + "\" with predictions, but " + predictions.keySet());
        }
        return said;
    }
}
