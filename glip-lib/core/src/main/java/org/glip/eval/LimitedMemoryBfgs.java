package org.glip.eval;

import org.glip.files.Interruption;

/**
 * L-BFGS: minimises a smooth function from its values and gradients (Liu and Nocedal 1989; Nocedal and Wright,
 * Numerical Optimization, algorithms 7.4 and 7.5).
 *
 * <p>It is ours because none of the registries' Java libraries fits: the maintained ones with L-BFGS (OpenNLP) stop at
 * a fixed relative change of 1e-4, far from scikit-learn's solution; others are under the GPL, without a release for
 * years, or for Scala.
 *
 * @param memory pairs of steps and gradient changes that are kept, at least 1; 10 is usual
 * @param maxIterations steps, at least 1
 * @param tolerance the search ends where no partial derivative is larger, positive
 */
record LimitedMemoryBfgs(int memory, int maxIterations, double tolerance) {
    /** A step that lowers the value by a smaller share is rounding noise; also scikit-learn's choice. */
    private static final double LEAST_DECREASE = 64 * Math.ulp(1.0);

    /** A smooth function. */
    @FunctionalInterface
    interface Objective {
        /**
         * @param point where
         * @param gradient filled with the partial derivatives
         * @return the value
         */
        double evaluate(double[] point, double[] gradient);
    }

    /**
     * Where the search ended.
     *
     * @param point the arguments
     * @param value the value there
     * @param iterations steps done
     * @param converged false if the steps ran out
     */
    record Minimum(double[] point, double value, int iterations, boolean converged) {}

    LimitedMemoryBfgs {
        if (memory < 1 || maxIterations < 1 || !(tolerance > 0)) {
            throw new IllegalArgumentException(
                    "L-BFGS needs a memory and iterations of at least 1 and a positive tolerance," + " not " + memory
                            + ", " + maxIterations + " and " + tolerance);
        }
    }

    /**
     * Minimises.
     *
     * @param objective the function
     * @param start first arguments; left as they are
     * @return the minimum, the global one if the function is convex
     * @throws IllegalArgumentException if the function is not finite at the start
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    Minimum minimise(Objective objective, double[] start) {
        double[] point = start.clone();
        double[] gradient = new double[point.length];
        double[] direction = new double[point.length];
        double value = objective.evaluate(point, gradient);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the function to minimise is " + value + " at the start");
        }
        CurvatureHistory history = new CurvatureHistory(memory, point.length);
        WolfeLineSearch search = new WolfeLineSearch(objective, point.length);
        for (int iteration = 0; iteration < maxIterations; iteration++) {
            Interruption.check("the minimisation");
            if (largest(gradient) <= tolerance) {
                return new Minimum(point, value, iteration, true);
            }
            history.descend(gradient, direction);
            double firstStep = history.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            if (!search.along(point, value, gradient, direction, firstStep)) {
                if (history.isEmpty()) {
                    return new Minimum(point, value, iteration, true); // no lower value can be told from rounding
                }
                history.clear();
                continue;
            }
            history.add(point, gradient, search);
            double decrease = value - search.value();
            double scale = Math.max(1, Math.max(Math.abs(value), Math.abs(search.value())));
            value = search.value();
            System.arraycopy(search.point(), 0, point, 0, point.length);
            System.arraycopy(search.gradient(), 0, gradient, 0, point.length);
            if (decrease <= LEAST_DECREASE * scale) {
                return new Minimum(point, value, iteration + 1, true);
            }
        }
        return new Minimum(point, value, maxIterations, largest(gradient) <= tolerance);
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] vector) {
        double largest = 0;
        for (double each : vector) {
            largest = Math.max(largest, Math.abs(each));
        }
        return largest;
    }
}
