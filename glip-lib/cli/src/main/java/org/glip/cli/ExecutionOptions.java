package org.glip.cli;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.function.Supplier;
import org.glip.engine.Devices;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the engine computes. */
final class ExecutionOptions {
    @Option(
            names = "--precision",
            defaultValue = "fp32",
            paramLabel = "P",
            description = "fp32, or bf16 where the hardware has it (default: ${DEFAULT-VALUE}).")
    private String precision;

    @Option(
            names = "--route",
            paramLabel = "ROUTE",
            description =
                    "Way of fp32 matrix products, linear or convolution (default: the faster one, by a trial once per"
                            + " machine).")
    private @Nullable String route;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of an operator (default: the engine's choice).")
    private @Nullable Integer threads;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "Where to compute: cpu, cuda (the first GPU) or cuda:N (default: a GPU where the engine's natives"
                            + " drive one, else the CPU). Untested on GPUs.")
    private @Nullable String device;

    private @Nullable Device chosen;

    /** Where to compute; a device that was asked for and is not there is refused. */
    Device device() {
        if (chosen == null) {
            chosen = Devices.choose(device);
        }
        return chosen;
    }

    /** Of several processes: where this one computes, unless a device was asked for by its number. */
    Device device(Supplier<Device> ofProcess) {
        if (device == null || device.equals("cuda")) {
            Device asked = device(); // refused here where there is none
            chosen = asked.isGpu() ? ofProcess.get() : asked;
        }
        return device();
    }

    /** Whether the user has chosen a number of threads. */
    boolean hasThreads() {
        return threads != null;
    }

    /** The number format that the user would like. */
    Precision wanted() {
        return Precision.parse(precision);
    }

    /** The way of products that was asked for, or null. */
    @Nullable
    MatrixRoute route() {
        return route == null ? null : MatrixRoute.parse(route);
    }

    /** Sets the engine's threads and settles the precision, without a trial of routes, which would be kept. */
    Precision preparePrecision() {
        setThreads();
        return Torch.supported(wanted(), device());
    }

    /** Sets the engine's threads and settles precision and route for a model on the device. */
    Execution prepare(ClipConfig model) {
        Precision wanted = wanted();
        MatrixRoute way = route();
        setThreads();
        try (NDManager manager = Torch.newManager(device())) {
            return way == null
                    ? Execution.fastest(model, wanted, manager)
                    : new Execution(Torch.supported(wanted, device()), way);
        }
    }

    private void setThreads() {
        if (threads != null) {
            Torch.setThreads(threads);
        }
    }
}
