package org.glip.cli;

import ai.djl.ndarray.NDManager;
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
        return Torch.supported(wanted());
    }

    /** Sets the engine's threads and settles precision and route for a model on the engine's device. */
    Execution prepare(ClipConfig model) {
        Precision wanted = wanted();
        MatrixRoute chosen = route();
        setThreads();
        try (NDManager manager = Torch.newManager()) {
            return chosen == null
                    ? Execution.fastest(model, wanted, manager)
                    : new Execution(Torch.supported(wanted, manager.getDevice()), chosen);
        }
    }

    private void setThreads() {
        if (threads != null) {
            Torch.setThreads(threads);
        }
    }
}
