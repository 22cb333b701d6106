package org.glip.engine;

import ai.djl.ndarray.NDManager;
import java.util.Locale;

/**
 * How a float32 matrix product {@code x @ w.T + b} reaches the machine.
 *
 * <p>The three give the same result up to rounding; which is fastest depends on the processor (the math library behind
 * the plain form favours one maker). {@link #fastest} measures and chooses.
 */
public enum MatrixRoute {
    /** The engine's own linear operator. */
    LINEAR("""
              return torch.linear(x, w, b)
            """, """
              return (torch.mm(g, w), torch.mm(g.t(), x), torch.sum(g, [0]))
            """),
    /**
     * A 1x1 convolution over a channels-last view, which runs in oneDNN; needs more than one thread to pay, and many
     * rows, for its gradient by the weights is slow where there are few.
     */
    CONVOLUTION("""
              if x.size(0) * x.size(1) < 1024:
                return torch.linear(x, w, b)
              tokens = x.reshape([1, 1, -1, x.size(2)]).permute([0, 3, 1, 2])
              y = torch.conv2d(tokens, w.view([w.size(0), w.size(1), 1, 1]), b)
              return y.permute([0, 2, 3, 1]).reshape([x.size(0), x.size(1), w.size(0)])
            """, """
              if x.size(0) < 1024:
                return (torch.mm(g, w), torch.mm(g.t(), x), torch.sum(g, [0]))
              up = g.view([1, 1, -1, g.size(1)]).permute([0, 3, 1, 2])
              tokens = x.view([1, 1, -1, x.size(1)]).permute([0, 3, 1, 2])
              k = w.view([w.size(0), w.size(1), 1, 1])
              one, none, all, = [1, 1], [0, 0], [True, True, True]
              grads = torch.convolution_backward(up, tokens, k, [w.size(0)], one, none, one, False, none, 1, all)
              by_x, by_w, by_b, = grads
              return (by_x.permute([0, 2, 3, 1]).reshape(x.size()), by_w.view(w.size()), by_b)
            """);

    private final String body;
    private final String gradientBody;

    MatrixRoute(String body, String gradientBody) {
        this.body = body;
        this.gradientBody = gradientBody;
    }

    /** {@return its name in words, such as {@code linear}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a route.
     *
     * @param label its name in words
     * @return the route
     * @throws IllegalArgumentException if there is none of the name
     */
    public static MatrixRoute parse(String label) {
        for (MatrixRoute route : values()) {
            if (route.label().equals(label)) {
                return route;
            }
        }
        throw new IllegalArgumentException("unknown route '" + label + "': use linear or convolution");
    }

    /**
     * Returns the faster route on this machine, by an earlier measurement, else by a new one, which takes a few
     * seconds: it is kept for each processor, number of threads and model width in
     * {@code glip/matrix-routes.properties} in the user's cache folder ({@code XDG_CACHE_HOME}, else {@code ~/.cache}).
     * The choice is logged.
     *
     * @param manager manager on the device that will be used; not on a CPU the engine's own operator is taken
     *     unmeasured
     * @param width model width, the inner size of the products
     * @return the convolution if it is clearly faster, else the engine's own operator
     */
    public static MatrixRoute fastest(NDManager manager, int width) {
        return RouteCalibration.fastest(manager, width);
    }

    /**
     * Times the product of the first layer of an MLP, (2048 x width) by (width x 4 width), the shape that most of a
     * transformer's work has: what bounds training on a machine.
     *
     * @param manager manager on the device that is timed
     * @param precision number format
     * @param width width of the model, at least 1
     * @return 10^9 floating-point operations a second, the best of several products
     */
    public double gflops(NDManager manager, Precision precision, int width) {
        return MatrixRate.gflops(manager, precision, this, width);
    }

    /** The TorchScript body of {@code matrix_product(x, w, b)}. */
    String body() {
        return body;
    }

    /** The TorchScript body of {@code product_gradients(g, x, w)}. */
    String gradientBody() {
        return gradientBody;
    }
}
