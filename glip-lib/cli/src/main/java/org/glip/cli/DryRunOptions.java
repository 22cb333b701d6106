package org.glip.cli;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a stage is only told of. */
final class DryRunOptions {
    /** How torchrun and srun's wrappers tell a process how many there are. */
    private static final String WORLD_SIZE = "WORLD_SIZE";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--dry-run",
            description = "Train nothing and write nothing: print steps, operations, memory and time of each rank, by a"
                    + " trial of this machine's matrix products of some seconds.")
    private boolean asked;

    @Option(
            names = "--ranks",
            paramLabel = "R",
            description = "With --dry-run: processes that will share each batch (default: WORLD_SIZE, else 1).")
    private @Nullable Integer ranks;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "With --dry-run: pairs in the data, which are not opened then (default: they are counted).")
    private @Nullable Long pairs;

    boolean asked() {
        if (!asked && (ranks != null || pairs != null)) {
            throw wrongUsage((ranks != null ? "--ranks" : "--pairs") + " goes with --dry-run");
        }
        return asked;
    }

    /** Processes that will share each batch. */
    int ranks() {
        if (ranks != null) {
            return ranks;
        }
        String size = Optional.ofNullable(System.getenv(WORLD_SIZE)).orElse("1");
        if (!size.matches("[1-9]\\d{0,5}")) {
            throw wrongUsage("WORLD_SIZE should be the number of processes, not \"" + size + "\"");
        }
        return Integer.parseInt(size);
    }

    /** Whether the number of pairs is told, so that the data need not be there. */
    boolean knowsPairs() {
        return pairs != null;
    }

    /** Pairs in the data, told or counted. */
    long pairs(StageOptions.PairCount data) throws IOException {
        if (pairs == null) {
            return data.pairs();
        }
        if (pairs < 1) {
            throw wrongUsage("--pairs must be at least 1, not " + pairs);
        }
        return pairs;
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
