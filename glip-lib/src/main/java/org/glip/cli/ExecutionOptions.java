package org.glip.cli;

import ai.djl.ndarray.NDManager;
import java.util.Locale;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Precision;
import org.glip.engine.RouteCalibration;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How the engine computes. */
final class ExecutionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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
                    "Way of fp32 matrix products, linear or convolution (default: the faster one, by a short trial).")
    private @Nullable String route;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of an operator (default: the engine's choice).")
    private @Nullable Integer threads;

    /** Sets the engine's threads and settles precision and route for a model on the engine's device. */
    Execution prepare(ClipConfig model) {
        Precision wanted = Precision.parse(precision);
        MatrixRoute chosen = route == null ? null : parseRoute(route);
        if (threads != null) {
            Torch.setThreads(threads);
        }
        try (NDManager manager = Torch.newManager()) {
            if (wanted == Precision.BF16 && !Torch.hasBfloat16(manager.getDevice())) {
                spec.commandLine()
                        .getErr()
                        .println("glip: " + manager.getDevice() + " has no bfloat16 in hardware: fp32 is used instead");
                wanted = Precision.FP32;
            }
            if (chosen == null) {
                chosen = wanted == Precision.FP32
                        ? RouteCalibration.fastest(manager, model.vision().width())
                        : MatrixRoute.LINEAR;
            }
            return new Execution(wanted, chosen);
        }
    }

    private static MatrixRoute parseRoute(String name) {
        for (MatrixRoute route : MatrixRoute.values()) {
            if (label(route).equals(name)) {
                return route;
            }
        }
        throw new IllegalArgumentException("unknown route '" + name + "': use linear or convolution");
    }

    /** The route's command-line name. */
    static String label(MatrixRoute route) {
        return route.name().toLowerCase(Locale.ROOT);
    }
}
