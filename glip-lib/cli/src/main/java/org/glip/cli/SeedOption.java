package org.glip.cli;

import picocli.CommandLine.Option;

/** The seed of all that is random in a command. */
final class SeedOption {
    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    long value() {
        return seed;
    }
}
