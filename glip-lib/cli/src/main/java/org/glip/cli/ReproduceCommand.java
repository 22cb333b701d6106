package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.experiment.Reproduced;
import org.glip.experiment.Reproduction;
import org.glip.files.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glip reproduce}. */
@Command(
        name = "reproduce",
        description = "Make the result of a notebook again, from what its file says: find or compose the data, train,"
                + " evaluate, and compare figure by figure. It takes as long as it did.",
        footer = {
            "",
            "A figure is equal (to the last bit), within noise, or different. Noise is that of the seeds: the"
                    + " deviation over result files of other seeds beside this one, pooled over methods, if there are"
                    + " enough; else the binomial noise of as many test pictures. The margins hold for all figures"
                    + " together in 95 of 100 cases. Time and memory are listed and not judged.",
            "The exit code is 0 if no figure is different, 1 if one is, 2 for wrong input."
        })
final class ReproduceCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RESULT", description = "A result file, best where those of other seeds lie.")
    private Path result;

    @Option(
            names = "--data",
            defaultValue = "data",
            paramLabel = "DIR",
            description = "Scenes: the folder that was given to data-scripts/fetch-scenes.sh; for the small ones of"
                    + " --mini any folder (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--shards",
            paramLabel = "PATTERN",
            description = "Shards: where they lie now (default: where they lay).")
    private @Nullable String shards;

    @Option(
            names = "--sets",
            paramLabel = "DIR",
            description = "The folder of the sets that were tested on (default: where it lay).")
    private @Nullable Path sets;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keep models and the new result file here (default: they are deleted).")
    private @Nullable Path out;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "fp32 or bf16, in place of the recorded one; the difference is told.")
    private @Nullable String precision;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of an operator (default: the engine's choice).")
    private @Nullable Integer threads;

    @Option(
            names = "--despite-changes",
            description = "Also make a result again whose code had changes that no commit holds.")
    private boolean despiteChanges;

    @Override
    public Integer call() throws IOException {
        Precision chosen = precision == null ? null : Precision.parse(precision);
        if (threads != null) {
            Torch.setThreads(threads);
        }
        Reproduction reproduction = Reproduction.builder()
                .setResult(result)
                .setData(data)
                .optShards(shards)
                .optSets(sets)
                .optFolder(out)
                .optPrecision(chosen)
                .optDespiteChanges(despiteChanges)
                .build();
        Reproduced outcome;
        try (StopSignal stop = new StopSignal();
                StagedProgress progress = new StagedProgress(spec.commandLine().getErr())) {
            outcome = reproduction.run(progress, progress);
        }
        ReproductionReport report = new ReproductionReport(outcome);
        report.lines().forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getOut().print(Json.pretty(report.toJson()));
        spec.commandLine().getOut().flush();
        return outcome.isReproduced() ? 0 : DIFFERENT;
    }
}
