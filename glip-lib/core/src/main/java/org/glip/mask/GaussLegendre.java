package org.glip.mask;

/** A quadrature rule on [-1, 1]: the integral of a polynomial is the weighted sum of its values at the nodes. */
final class GaussLegendre {
    private final double[] nodes;
    private final double[] weights;

    /** A rule of n nodes is exact up to degree 2n - 1. */
    static GaussLegendre exactForDegree(int degree) {
        return new GaussLegendre(degree / 2 + 1);
    }

    /**
     * The nodes are the roots of the Legendre polynomial P_n, found by Newton's method from their asymptotic places.
     */
    private GaussLegendre(int n) {
        nodes = new double[n];
        weights = new double[n];
        for (int i = 0; i < n; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 1;
            for (int iteration = 0; iteration < 8; iteration++) {
                double previous = 1;
                double value = x;
                for (int k = 2; k <= n; k++) {
                    double next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
                    previous = value;
                    value = next;
                }
                slope = n * (previous - x * value) / (1 - x * x);
                x -= value / slope;
            }
            nodes[i] = x;
            weights[i] = 2 / ((1 - x * x) * slope * slope);
        }
    }

    int size() {
        return nodes.length;
    }

    double node(int i) {
        return nodes[i];
    }

    double weight(int i) {
        return weights[i];
    }
}
