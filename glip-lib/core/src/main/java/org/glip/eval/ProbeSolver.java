package org.glip.eval;

import java.util.Map;

/** A way of fitting a linear classifier to frozen features, with a strength of regularisation that is to be chosen. */
public abstract sealed class ProbeSolver permits LogisticRegression, AdamWProbe {
    ProbeSolver() {}

    /**
     * What a fit gave.
     *
     * @param classifier the classifier
     * @param converged false if an iterative solver stopped at its limit of iterations, short of its tolerance
     */
    record Fit(LinearClassifier classifier, boolean converged) {}

    /**
     * Returns CLIP's linear probe (Radford and others 2021, appendix A.3): multinomial logistic regression by L-BFGS,
     * 1000 iterations at scikit-learn's tolerance, with what scikit-learn's {@code LogisticRegression} gives. The
     * number to choose is its C, the inverse strength, from 1e-6 to 1e6.
     *
     * @return the solver
     */
    public static ProbeSolver logisticRegression() {
        return new LogisticRegression(1000, 1e-4);
    }

    /**
     * Returns CLIP_benchmark's linear probe ({@code metrics/linear_probe.py}): a linear layer trained by AdamW with a
     * cosine to zero and no warm-up. The number to choose is the weight decay, from 1e-6 to 1e2.
     *
     * @param learningRate peak learning rate, positive; CLIP_benchmark has .1
     * @param epochs passes over the training pictures, at least 1; CLIP_benchmark has 10
     * @param batchSize pictures a step, at least 1; CLIP_benchmark has 64; the last step of a pass may have fewer
     * @param seed of the initial weights and of the order of the pictures
     * @return the solver
     * @throws IllegalArgumentException if a number is out of range
     */
    public static ProbeSolver adamW(double learningRate, int epochs, int batchSize, long seed) {
        return new AdamWProbe(learningRate, epochs, batchSize, seed);
    }

    /**
     * Returns what the number that is to be chosen is called.
     *
     * @return for example {@code C}
     */
    public abstract String regularizationName();

    /**
     * Returns the other settings, for the provenance of a result.
     *
     * @return value by name
     */
    public abstract Map<String, String> settings();

    /**
     * Fits.
     *
     * @param data what to learn
     * @param regularization see {@link #regularizationName}
     * @return the classifier, and whether the solver came to its end
     * @throws IllegalArgumentException if the regularisation is out of range
     */
    abstract Fit fit(LabelledFeatures data, double regularization);

    /** The numbers worth trying. */
    abstract RegularizationGrid grid();
}
