package org.glip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.glip.engine.MatrixRoute;
import org.glip.engine.ProcessGroup;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.ranks.Launch;
import org.glip.ranks.Ranks;
import org.glip.train.Validation;
import picocli.CommandLine.Option;

/** Several processes at one run, where a launcher such as torchrun says that there are several. */
final class RanksOptions {
    private static final Map<String, String> ENVIRONMENT = System.getenv();

    @Option(
            names = "--patience",
            defaultValue = "300",
            paramLabel = "SECONDS",
            description = "Of several processes (torchrun, srun), how long one waits for another before it ends; longer"
                    + " than a checkpoint or a validation takes (default: ${DEFAULT-VALUE}).")
    private int patience;

    /** Joins the others; alone where there are none. Settles where this process computes, too. */
    ProcessGroup join(ExecutionOptions options) throws IOException {
        if (patience < 1) {
            throw new IllegalArgumentException("--patience must be at least 1 second, not " + patience);
        }
        return Ranks.join(ENVIRONMENT, Duration.ofSeconds(patience), options.device(() -> Ranks.device(ENVIRONMENT)));
    }

    /** Whether this process will speak for all, before they have met. */
    boolean isFirst() {
        return Launch.of(ENVIRONMENT).map(launch -> launch.rank() == 0).orElse(true);
    }

    /** A validation of the first rank, while the others wait: one that tries their patience is told. */
    Validation whileOthersWait(Validation looks, ProcessGroup ranks, PrintWriter err) {
        if (ranks.isAlone()) {
            return looks;
        }
        return model -> {
            long begin = System.nanoTime();
            Map<String, Double> found = looks.measure(model);
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            if (2 * seconds > patience) {
                err.println("glip: a validation took " + seconds + " s, and the other ranks wait for " + patience
                        + " s at most: --patience must stay above it");
            }
            return found;
        };
    }

    /** Settles how the engine computes: the first rank's way of matrix products is that of all. */
    Execution prepare(ExecutionOptions options, ClipConfig model, ProcessGroup ranks) {
        Optional<Launch> launch = Launch.of(ENVIRONMENT);
        if (launch.isPresent() && !options.hasThreads()) {
            Torch.setThreads(launch.get().threads(Runtime.getRuntime().availableProcessors()));
        }
        if (ranks.isFirst()) {
            Execution chosen = options.prepare(model);
            ranks.tell(chosen.route().label());
            return chosen;
        }
        MatrixRoute route = MatrixRoute.parse(ranks.tell("").get(0));
        return new Execution(Torch.supported(options.wanted(), options.device()), route);
    }
}
