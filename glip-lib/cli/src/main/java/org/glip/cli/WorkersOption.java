package org.glip.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many threads decode pictures. */
final class WorkersOption {
    private static final int MOST_WORKERS = 4;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads that decode pictures (default: a thread a core, at most " + MOST_WORKERS + ").")
    private @Nullable Integer workers;

    int value() {
        return workers != null
                ? workers
                : Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
    }
}
