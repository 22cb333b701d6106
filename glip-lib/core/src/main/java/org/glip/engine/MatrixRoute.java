package org.glip.engine;

import java.util.Locale;

/**
 * How a float32 matrix product {@code x @ w.T + b} reaches the machine.
 *
 * <p>The three give the same result up to rounding; which is fastest depends on the processor (the math library behind the
 * plain form favours one maker). {@link RouteCalibration} measures and chooses.
 */
public enum MatrixRoute {
    /** The engine's own linear operator. */
    LINEAR("""
              return torch.linear(x, w, b)
            """),
    /**
     * A 1x1 convolution over a channels-last view, which runs in oneDNN; needs more than one thread to pay, and many rows, for its
     * gradient by the weights is slow where there are few.
     */
    CONVOLUTION("""
              if x.size(0) * x.size(1) < 1024:
                return torch.linear(x, w, b)
              tokens = x.reshape([1, 1, -1, x.size(2)]).permute([0, 3, 1, 2])
              y = torch.conv2d(tokens, w.view([w.size(0), w.size(1), 1, 1]), b)
              return y.permute([0, 2, 3, 1]).reshape([x.size(0), x.size(1), w.size(0)])
            """);

    private final String body;

    MatrixRoute(String body) {
        this.body = body;
    }

    /** {@return Its name in words, such as {@code linear}} */
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

    /** The TorchScript body of {@code matrix_product(x, w, b)}. */
    String body() {
        return body;
    }
}
