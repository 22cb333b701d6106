package org.glip.eval;

import java.util.Map;

/** A way of fitting a linear classifier to frozen features, with a strength of regularisation that is to be chosen. */
public sealed interface ProbeSolver permits LogisticRegression, AdamWProbe {
    /**
     * What a fit gave.
     *
     * @param classifier the classifier
     * @param converged false if an iterative solver stopped at its limit of iterations, short of its tolerance
     */
    record Fit(LinearClassifier classifier, boolean converged) {}

    /**
     * Fits.
     *
     * @param data what to learn
     * @param regularization see {@link #regularizationName}
     * @return the classifier, and whether the solver came to its end
     * @throws IllegalArgumentException if the regularisation is out of range
     */
    Fit fit(LabelledFeatures data, double regularization);

    /** {@return what the number that is to be chosen is called} */
    String regularizationName();

    /** {@return the numbers worth trying} */
    RegularizationGrid grid();

    /** {@return the other settings by name, for the provenance of a result} */
    Map<String, String> settings();
}
