package org.glip.engine;

import ai.djl.ndarray.NDManager;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the route of float32 matrix products. Both are measured once for each machine, number of threads and model
 * width, which takes a few seconds; the outcome is kept in {@code glip/matrix-routes.properties} in the user's cache
 * folder ({@code XDG_CACHE_HOME}, else {@code ~/.cache}).
 *
 * <p>It earns its place on AMD's Zen 5: there the convolution takes a step of ViT-B/16 (batch 16, 91.8 % masked) from
 * 2.18 to 1.41 processor seconds. On Zen 4 and on Intel's Xeon of the fifth generation neither route gains anything.
 */
final class RouteCalibration {
    private static final Logger LOGGER = LoggerFactory.getLogger(RouteCalibration.class);

    /** Below this the two are as good as equal, and noise must not decide. */
    private static final double CLEARLY_FASTER = 1.03;

    private final RouteCache cache;

    RouteCalibration(RouteCache cache) {
        this.cache = cache;
    }

    /**
     * Chooses by an earlier measurement on this machine, else by a new one, and logs the choice.
     *
     * @param manager manager on the device that will be used; not on a CPU the engine's own operator is taken
     *     unmeasured
     * @param width model width, the inner size of the products
     * @return the convolution if it is clearly faster, else the engine's own operator
     */
    static MatrixRoute fastest(NDManager manager, int width) {
        if (manager.getDevice().isGpu()) {
            return MatrixRoute.LINEAR;
        }
        return new RouteCalibration(RouteCache.ofUser())
                .choose(
                        Processor.ofThisMachine(),
                        Torch.threads(),
                        width,
                        () -> RouteTrial.convolutionSpeedUp(manager, width));
    }

    /**
     * Chooses; {@code trial} measures how many times as fast the convolution is, and is asked only if the cache has no
     * answer.
     */
    MatrixRoute choose(Processor processor, int threads, int width, DoubleSupplier trial) {
        String key = String.join(", ", processor.name(), Torch.version(), threads + " threads", "width " + width);
        OptionalDouble known = cache.find(key);
        if (known.isEmpty()) {
            LOGGER.info("measuring ways of matrix products, once for this machine: some seconds");
        }
        double speedUp = known.orElseGet(trial::getAsDouble);
        MatrixRoute route = speedUp > CLEARLY_FASTER ? MatrixRoute.CONVOLUTION : MatrixRoute.LINEAR;
        LOGGER.info(
                "fp32 matrix products by {}: the convolution is {} times as fast as the linear operator ({}; {})",
                route.name().toLowerCase(Locale.ROOT),
                String.format(Locale.ROOT, "%.2f", speedUp),
                key,
                known.isPresent() ? "from " + cache.file() : "measured now");
        if (known.isEmpty()) {
            cache.keep(key, speedUp);
        }
        return route;
    }
}
