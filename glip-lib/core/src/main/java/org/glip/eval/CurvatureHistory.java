package org.glip.eval;

/**
 * The last steps of a search and the changes of the gradient they brought, which stand for the function's curvature.
 */
final class CurvatureHistory {
    private final double[][] steps;
    private final double[][] changes;
    private final double[] inverseProducts;
    private final double[] coefficients;

    /** Pairs added since the last clearing; the newest lies at {@code (added - 1) % steps.length}. */
    private long added;

    CurvatureHistory(int memory, int dimension) {
        steps = new double[memory][dimension];
        changes = new double[memory][dimension];
        inverseProducts = new double[memory];
        coefficients = new double[memory];
    }

    boolean isEmpty() {
        return added == 0;
    }

    void clear() {
        added = 0;
    }

    /** Remembers the step from a point to where a line search ended. */
    void add(double[] point, double[] gradient, WolfeLineSearch end) {
        int place = (int) (added % steps.length);
        double[] step = steps[place];
        double[] change = changes[place];
        for (int i = 0; i < step.length; i++) {
            step[i] = end.point()[i] - point[i];
            change[i] = end.gradient()[i] - gradient[i];
        }
        double product = LimitedMemoryBfgs.dot(step, change);
        // A pair without positive curvature would make the next direction point uphill.
        if (product > Math.ulp(1.0) * LimitedMemoryBfgs.dot(change, change)) {
            inverseProducts[place] = 1 / product;
            added++;
        }
    }

    /**
     * Writes the direction of descent: minus the approximate inverse Hessian times the gradient, by the two-loop
     * recursion.
     */
    void descend(double[] gradient, double[] direction) {
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -gradient[i];
        }
        long oldest = Math.max(0, added - steps.length);
        for (long k = added - 1; k >= oldest; k--) {
            int place = (int) (k % steps.length);
            coefficients[place] = inverseProducts[place] * LimitedMemoryBfgs.dot(steps[place], direction);
            addMultiple(direction, -coefficients[place], changes[place]);
        }
        if (added > 0) {
            int newest = (int) ((added - 1) % steps.length);
            double scale = 1 / (inverseProducts[newest] * LimitedMemoryBfgs.dot(changes[newest], changes[newest]));
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        for (long k = oldest; k < added; k++) {
            int place = (int) (k % steps.length);
            double correction = inverseProducts[place] * LimitedMemoryBfgs.dot(changes[place], direction);
            addMultiple(direction, coefficients[place] - correction, steps[place]);
        }
    }

    private static void addMultiple(double[] sum, double factor, double[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }
}
