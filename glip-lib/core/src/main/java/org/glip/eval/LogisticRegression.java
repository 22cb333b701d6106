package org.glip.eval;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Map;

/**
 * Multinomial logistic regression by L-BFGS, the linear probe of CLIP (Radford and others 2021, appendix A.3), which gives what
 * scikit-learn's {@code LogisticRegression} gives: mean cross-entropy with an L2 penalty of the weights, not of the biases.
 *
 * <p>The number to choose is scikit-learn's C, the inverse strength.
 *
 * @param maxIterations steps at most, at least 1; CLIP has 1000
 * @param tolerance largest partial derivative at the end, positive; 1e-4 is scikit-learn's
 */
public record LogisticRegression(int maxIterations, double tolerance) implements ProbeSolver {
    private static final int MEMORY = 10;
    private static final double WEAKEST = 1e6;

    /** Checks the ranges. */
    public LogisticRegression {
        new LimitedMemoryBfgs(MEMORY, maxIterations, tolerance);
    }

    /** {@return CLIP's settings: 1000 iterations at scikit-learn's tolerance} */
    public static LogisticRegression clip() {
        return new LogisticRegression(1000, 1e-4);
    }

    @Override
    public Fit fit(LabelledFeatures data, double c) {
        data.requireEveryClass();
        try (NDManager manager = NDManager.newBaseManager();
                SoftmaxRegression objective = new SoftmaxRegression(manager, data, c)) {
            LimitedMemoryBfgs.Minimum minimum = new LimitedMemoryBfgs(MEMORY, maxIterations, tolerance)
                    .minimise(objective, new double[objective.dimension()]);
            int biases = minimum.point().length - data.classNames().size();
            LinearClassifier classifier = new LinearClassifier(
                    data.classNames(),
                    floats(Arrays.copyOf(minimum.point(), biases)),
                    floats(Arrays.copyOfRange(minimum.point(), biases, minimum.point().length)));
            return new Fit(classifier, minimum.converged());
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Override
    public String regularizationName() {
        return "C";
    }

    /** 1e-6 to 1e6, the range of CLIP's sweep. */
    @Override
    public RegularizationGrid grid() {
        return new RegularizationGrid(1 / WEAKEST, WEAKEST);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "solver", "logistic regression by L-BFGS",
                "iterations", Integer.toString(maxIterations),
                "tolerance", Double.toString(tolerance));
    }
}
