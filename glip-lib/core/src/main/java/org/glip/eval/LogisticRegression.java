package org.glip.eval;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Multinomial logistic regression by L-BFGS, the linear probe of CLIP (Radford and others 2021, appendix A.3), which
 * gives what scikit-learn's {@code LogisticRegression} gives: mean cross-entropy with an L2 penalty of the weights, not
 * of the biases.
 *
 * <p>The number to choose is scikit-learn's C, the inverse strength.
 */
final class LogisticRegression extends ProbeSolver {
    private static final int MEMORY = 10;
    private static final double WEAKEST = 1e6;

    private final int maxIterations;
    private final double tolerance;

    /**
     * @param maxIterations steps at most, at least 1; CLIP has 1000
     * @param tolerance largest partial derivative at the end, positive; 1e-4 is scikit-learn's
     */
    LogisticRegression(int maxIterations, double tolerance) {
        new LimitedMemoryBfgs(MEMORY, maxIterations, tolerance);
        this.maxIterations = maxIterations;
        this.tolerance = tolerance;
    }

    @Override
    Fit fit(LabelledFeatures data, double c) {
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
    RegularizationGrid grid() {
        return new RegularizationGrid(1 / WEAKEST, WEAKEST);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(); // the order is the same in every process
        settings.put("solver", "logistic regression by L-BFGS");
        settings.put("iterations", Integer.toString(maxIterations));
        settings.put("tolerance", Double.toString(tolerance));
        return settings;
    }
}
