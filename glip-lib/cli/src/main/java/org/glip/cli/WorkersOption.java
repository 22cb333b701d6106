package org.glip.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many threads decode pictures. */
final class WorkersOption {
    private static final int MOST_WORKERS = 4;
    private static final int LIMIT = 1024;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads that decode pictures (default: a thread a core, at most " + MOST_WORKERS + ").")
    private @Nullable Integer workers;

    /** @throws IllegalArgumentException if there are too many for any machine; too few is for the loader to say */
    int value() {
        if (workers != null && workers > LIMIT) {
            throw new IllegalArgumentException("--workers must be at most " + LIMIT + ", not " + workers);
        }
        return workers != null
                ? workers
                : Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
    }
}
