package org.glip.engine;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that the engine computes on, by PyTorch's names: {@code cpu}, {@code cuda} (the first GPU),
 * {@code cuda:1}. Untested on CUDA.
 */
public final class Devices {
    private static final Logger LOGGER = LoggerFactory.getLogger(Devices.class);
    private static final String CPU = "cpu";
    private static final Pattern GPU = Pattern.compile("cuda(?::(\\d{1,4}))?");

    /** Linux's own account of the cards, a folder each. */
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");

    private static final Pattern MODEL = Pattern.compile("(?m)^Model:\\s*(\\S.*?)\\s*$");

    /** Cards multiply bfloat16 numbers in hardware since Ampere, compute capability 8.0. */
    private static final int FIRST_WITH_BFLOAT16 = 80;

    private Devices() {}

    /**
     * What is there.
     *
     * @param drivesGpus whether the engine's natives reach a GPU
     * @param gpus how many the engine's Java side sees; by none it would take the CPU without a word
     */
    record Found(boolean drivesGpus, int gpus) {
        static Found here() {
            boolean drives = Torch.engine().hasCapability("CUDA");
            return new Found(drives, drives ? CudaUtils.getGpuCount() : 0);
        }

        boolean isHalfBlind() {
            return drivesGpus && gpus == 0;
        }
    }

    /**
     * Returns the engine's preferred device: the first GPU where its natives drive one, else the CPU. Where they would
     * drive one and the engine cannot see it, that is logged as a warning.
     *
     * @return the device
     */
    public static Device preferred() {
        if (Found.here().isHalfBlind()) {
            LOGGER.warn("a GPU is there, and the CPU is used: {}", noRuntime());
        }
        return Torch.engine().defaultDevice();
    }

    /**
     * Chooses a device for a program. That it is a GPU, and which, is logged.
     *
     * @param name what {@link #of(String)} takes; null for {@link #preferred}
     * @return the device
     * @throws IllegalArgumentException as {@link #of(String)} does
     */
    public static Device choose(@Nullable String name) {
        Device device = name == null ? preferred() : of(name);
        if (device.isGpu()) {
            LOGGER.info("computing on {}", describe(device));
        }
        return device;
    }

    /**
     * Finds a device.
     *
     * @param name {@code cpu}, {@code cuda} or {@code cuda:N}
     * @return the device
     * @throws IllegalArgumentException if the name is another, or there is no such device; never is another taken
     */
    public static Device of(String name) {
        return of(name, name.equals(CPU) ? new Found(false, 0) : Found.here());
    }

    static Device of(String name, Found found) {
        if (name.equals(CPU)) {
            return Device.cpu();
        }
        Matcher matcher = GPU.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("unknown device '" + name + "': use cpu, cuda or cuda:1 and so on");
        }
        int number = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        if (found.isHalfBlind()) {
            throw new IllegalArgumentException("device " + name + " cannot be used: " + noRuntime());
        }
        if (!found.drivesGpus) {
            throw new IllegalArgumentException("there is no device " + name
                    + ": the engine's natives are built for the CPU, or find no GPU with a driver (docs/gpu.md tells how"
                    + " to give it others)");
        }
        if (number >= found.gpus) {
            throw new IllegalArgumentException(
                    "there is no device " + name + ": of GPUs there are " + found.gpus + ", counted from cuda:0");
        }
        return Device.gpu(number);
    }

    private static String noRuntime() {
        return "the engine does not find CUDA's runtime (libcudart); name its folder by -Djna.library.path";
    }

    /**
     * Returns how many GPUs can be used.
     *
     * @return 0 or more
     */
    public static int gpus() {
        return Found.here().gpus;
    }

    /**
     * Returns a device's name, as {@link #of(String)} takes it.
     *
     * @param device the device
     * @return for example {@code cpu} or {@code cuda:0}
     */
    public static String label(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : device.getDeviceType();
    }

    /**
     * Returns a device's name and, of a GPU, what kind it is: what tells results apart.
     *
     * @param device the device
     * @return for example {@code cpu}, or {@code cuda:0, NVIDIA H200, compute capability 9.0}
     */
    public static String describe(Device device) {
        if (!device.isGpu()) {
            return label(device);
        }
        String capability = CudaUtils.getComputeCapability(device.getDeviceId());
        int point = capability.length() - 1;
        return label(device) + models(DRIVER).map(model -> ", " + model).orElse("") + ", compute capability "
                + capability.substring(0, point) + "." + capability.substring(point);
    }

    /** The kinds of cards that the driver tells of. Their order there is not the engine's, so all are named. */
    static Optional<String> models(Path driver) {
        TreeSet<String> models = new TreeSet<>();
        try (DirectoryStream<Path> cards = Files.newDirectoryStream(driver)) {
            for (Path card : cards) {
                Matcher matcher = MODEL.matcher(Files.readString(card.resolve("information")));
                if (matcher.find()) {
                    models.add(matcher.group(1));
                }
            }
        } catch (IOException e) {
            return Optional.empty(); // another system, or a container that does not show it
        }
        return models.isEmpty() ? Optional.empty() : Optional.of(String.join(" or ", models));
    }

    /**
     * Returns the memory in use on a GPU, by all programs. The engine keeps what it has once taken, so after some work
     * this tells how much that needed at most.
     *
     * @param device the device
     * @return bytes; nothing for a CPU, whose memory the system counts by process
     */
    public static OptionalLong memoryInUse(Device device) {
        return device.isGpu() ? OptionalLong.of(CudaUtils.getGpuMemory(device).getCommitted()) : OptionalLong.empty();
    }

    /**
     * Returns how much memory a GPU has.
     *
     * @param device the device
     * @return bytes; nothing for a CPU
     */
    public static OptionalLong memory(Device device) {
        return device.isGpu() ? OptionalLong.of(CudaUtils.getGpuMemory(device).getMax()) : OptionalLong.empty();
    }

    /**
     * Returns whether float32 products on a device are rounded to TensorFloat-32, about three times faster than in full:
     * PyTorch's own switch, the environment variable {@code TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1}, asks for it.
     *
     * @param device the device
     * @return false for a CPU
     */
    public static boolean hasTf32(Device device) {
        return device.isGpu() && "1".equals(System.getenv("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE"));
    }

    /** Whether a device multiplies bfloat16 numbers in hardware: a CPU by its flags, a GPU by its kind. */
    static boolean hasBfloat16(Device device) {
        return device.isGpu()
                ? hasBfloat16(CudaUtils.getComputeCapability(device.getDeviceId()))
                : Processor.ofThisMachine().bfloat16();
    }

    /** @param capability compute capability without its point, such as 90 */
    static boolean hasBfloat16(String capability) {
        return Integer.parseInt(capability) >= FIRST_WITH_BFLOAT16;
    }
}
