package org.glip.eval;

import java.util.Map;

/** A way of fitting a linear classifier to frozen features, with a strength of regularisation that is to be chosen. */
public sealed interface ProbeSolver permits LogisticRegression, AdamWProbe {
    /**
     * Fits.
     *
     * @param data what to learn
     * @param regularization see {@link #regularizationName}
     * @return the classifier
     * @throws IllegalArgumentException if the regularisation is out of range
     */
    LinearClassifier fit(LabelledFeatures data, double regularization);

    /** What the number that is to be chosen is called. */
    String regularizationName();

    /** The numbers worth trying. */
    RegularizationGrid grid();

    /** The other settings by name, for the provenance of a result. */
    Map<String, String> settings();
}
