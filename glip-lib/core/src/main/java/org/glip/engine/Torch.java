package org.glip.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.glip.files.Reasons;
import org.glip.files.Uninterrupted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine as a whole: managers, devices, threads and what the hardware offers. */
public final class Torch {
    private static final Logger LOGGER = LoggerFactory.getLogger(Torch.class);

    /** What casting costs beside the products: below this a step of a small model is slower in bfloat16. */
    private static final double WORTH_CASTING = 1.5;

    private Torch() {}

    /**
     * The engine. Its natives are unpacked and loaded at the first call, by a thread of its own: interrupted on the
     * way, that would fail, and with it every later call in this process. Who is interrupted meanwhile finds the flag
     * set.
     */
    static Engine engine() {
        CacheFolders.settle();
        try {
            Uninterrupted.run(() -> Engine.getEngine("PyTorch"));
        } catch (IOException e) {
            throw new UncheckedIOException("the engine cannot be loaded: " + e.getMessage(), e);
        } catch (EngineException e) {
            throw e.getCause() instanceof IOException cause ? notUnpacked(cause) : e;
        }
        return Engine.getEngine("PyTorch");
    }

    private static UncheckedIOException notUnpacked(IOException cause) {
        String told = "the engine's libraries cannot be unpacked to " + Utils.getEngineCacheDir("pytorch") + " ("
                + Reasons.of(cause) + "): let DJL_CACHE_DIR name a folder that can be written";
        return new UncheckedIOException(told, new IOException(told, cause));
    }

    /**
     * Opens a manager on the engine's preferred device: a GPU where the engine's natives drive one, else the CPU.
     *
     * @return a manager, to be closed by the caller
     */
    public static NDManager newManager() {
        return newManager(engine().defaultDevice());
    }

    /**
     * Opens a manager on a device.
     *
     * @param device where tensors live
     * @return a manager, to be closed by the caller
     */
    public static NDManager newManager(Device device) {
        return engine().newBaseManager(device);
    }

    /**
     * Sets how many threads an operator may use.
     *
     * <p>Set the environment variable {@code GOMP_SPINCOUNT=3000} for the process too, as the launcher and the notebook
     * kernel do. By default these threads spin while they wait for each other, and as soon as anything else runs on the
     * machine training becomes many times slower. Measured for the {@code tiny} model on two cores, samples a second,
     * alone and beside one busy process: default 915 and about 40, 3000 820 and 351, never spinning
     * ({@code OMP_WAIT_POLICY=PASSIVE}) 634 and 567.
     *
     * @param threads at least 1
     */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        engine();
        JniUtils.setNumThreads(threads);
    }

    /**
     * Returns how many threads an operator may use.
     *
     * @return the engine's setting
     */
    public static int threads() {
        engine();
        return JniUtils.getNumThreads();
    }

    /**
     * Returns whether bfloat16 products run in hardware on a device.
     *
     * @param device the device
     * @return true for a GPU of compute capability 8.0 or more, and for a CPU whose flags list a bfloat16 extension
     */
    public static boolean hasBfloat16(Device device) {
        return Devices.hasBfloat16(device);
    }

    /**
     * Returns the precision to compute in on the engine's preferred device; see {@link #supported(Precision, Device)}.
     *
     * @param wanted the precision one would like
     * @return that precision, or float32
     */
    public static Precision supported(Precision wanted) {
        return supported(wanted, engine().defaultDevice());
    }

    /**
     * Returns the precision to compute in: bfloat16 is taken only where it runs in hardware, since elsewhere it is
     * slower than float32. That it is not taken is logged as a warning.
     *
     * @param wanted the precision one would like
     * @param device where it is computed
     * @return that precision, or float32
     */
    public static Precision supported(Precision wanted, Device device) {
        if (wanted == Precision.BF16 && !hasBfloat16(device)) {
            String kind = device.isGpu() ? "GPU" : "processor";
            LOGGER.warn("the {} has no bfloat16 in hardware, so fp32 is used in its place", kind);
            return Precision.FP32;
        }
        return wanted;
    }

    /**
     * Returns the precision that small models train faster in on the engine's preferred device. On a CPU with bfloat16
     * the products of both are timed, which takes less than a second: there are processors that list the extension and
     * multiply no faster by it (Intel's without AMX), and a step has to cast its numbers besides.
     *
     * @param width width of the model, at least 1
     * @return bfloat16 where its products are at least {@value #WORTH_CASTING} times as fast, else float32
     */
    public static Precision faster(int width) {
        try (NDManager manager = newManager()) {
            if (!hasBfloat16(manager.getDevice())) {
                return Precision.FP32;
            }
            if (manager.getDevice().isGpu()) {
                return Precision.BF16;
            }
            double bfloat16 = MatrixRate.gflops(manager, Precision.BF16, MatrixRoute.LINEAR, width);
            double float32 = MatrixRate.gflops(manager, Precision.FP32, MatrixRoute.LINEAR, width);
            LOGGER.info(
                    "products of width {}: {} GFLOP/s in bf16, {} in fp32",
                    width,
                    Math.round(bfloat16),
                    Math.round(float32));
            return bfloat16 >= WORTH_CASTING * float32 ? Precision.BF16 : Precision.FP32;
        }
    }

    /**
     * Returns the processor of this machine, in words that tell processors apart which compute in different ways.
     *
     * @return for example {@code AMD EPYC 9B14, cpu family 25, model 17}; where the system does not tell, system and
     *     architecture
     */
    public static String processor() {
        return Processor.ofThisMachine().name();
    }

    /**
     * Returns the engine's version.
     *
     * @return for example {@code PyTorch 2.7.1}
     */
    public static String version() {
        return "PyTorch " + engine().getVersion();
    }
}
