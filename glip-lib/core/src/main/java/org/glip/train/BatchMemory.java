package org.glip.train;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.glip.engine.Devices;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;

/**
 * Refuses batches that cannot be, before data are read and memory is filled: what is counted is less than what is
 * needed.
 */
final class BatchMemory {
    /** A batch in the step, and the next one being prepared. */
    static final int BATCHES = 2;

    /** Vectors of the width that a block keeps for each token until its backward pass; there are more. */
    private static final int KEPT_VECTORS = 8;

    private static final double GIB = 1L << 30;

    private BatchMemory() {}

    /**
     * Requires that batches of a stage can be.
     *
     * @param parts how many processes share each batch; they divide it
     * @param device where a batch is computed
     * @throws IllegalArgumentException where they cannot; the message says what would be smaller
     */
    static void require(StageConfig config, ClipConfig model, int parts, Device device) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        int pairs = config.batchSize() / parts;
        require(
                pairs,
                Math.min(pairs, config.microBatch()),
                config.mask(),
                model,
                Runtime.getRuntime().maxMemory(),
                Devices.memory(device).orElseGet(system::getTotalMemorySize));
    }

    /**
     * @param pairs of a batch that this process has
     * @param micro pairs computed at once
     * @param heap bytes that Java may use
     * @param memory bytes that the engine may use
     */
    static void require(int pairs, int micro, Mask mask, ClipConfig model, long heap, long memory) {
        int side = model.vision().imageSize();
        double picture = picture(model.vision());
        double batches = BATCHES * picture * pairs;
        if (batches > heap) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a batch of %d pictures of %d x %d pixels does not fit: the one in work and the next take %.1f GiB,"
                            + " Java may use %.1f GiB. Take a smaller --batch, or let Java use more (-Xmx)",
                    pairs,
                    side,
                    side,
                    batches / GIB,
                    heap / GIB));
        }
        requireActivations(micro, mask, model, memory);
    }

    /** Bytes of a picture's pixels, as a batch holds them. */
    static long picture(ClipConfig.Vision vision) {
        return 3L * Float.BYTES * vision.imageSize() * vision.imageSize();
    }

    private static void requireActivations(int micro, Mask mask, ClipConfig model, long memory) {
        ClipConfig.Vision vision = model.vision();
        int side = vision.imageSize() / vision.patchSize();
        int tokens = 1 + mask.keptPatches(side * side);
        double each = (double) KEPT_VECTORS * Float.BYTES * vision.width() * vision.layers() * tokens;
        if (each * micro > memory) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d pictures cannot be computed at once: the image tower alone keeps more than %.1f GiB of them,"
                            + " the machine or its GPU has %.1f GiB. Take a --micro-batch of fewer than %d",
                    micro,
                    each * micro / GIB,
                    memory / GIB,
                    Math.max(2, (long) (memory / each))));
        }
    }
}
