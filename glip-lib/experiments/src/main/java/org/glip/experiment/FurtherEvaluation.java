package org.glip.experiment;

import java.util.Map;

/**
 * An evaluation of a run's models that costs too much to be done for every run; see {@link
 * Comparison#result(FurtherEvaluation, Method, long, RunProgress)}.
 */
public interface FurtherEvaluation extends RunEvaluation {
    /** {@return the name of the folder of its result files, such as {@code linear-probe}} */
    String id();

    /** {@return all that determines its figures beside the run and its models, by name, for the provenance} */
    Map<String, String> settings();
}
