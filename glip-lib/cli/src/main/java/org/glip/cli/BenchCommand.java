package org.glip.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.glip.data.SyntheticPairs;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.text.ClipTokenizer;
import org.glip.train.OptimizerConfig;
import org.glip.train.StageConfig;
import org.glip.train.StepBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip bench}. */
@Command(
        name = "bench",
        description = "Time training steps, optimiser included, on noise with captions of common words.",
        footer = {
            "",
            "matrix_gflop are the operations of a step's matrix products, machine_gflops the rate at which this machine"
                    + " does one large product, matrix_share the part of that rate that the step reaches.",
            "",
            "cpu_seconds and peak_rss_bytes are the host's; device_memory_bytes is what all programs together have in"
                    + " use on a GPU after the steps."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private MaskOptions mask;

    @Mixin
    private ExecutionOptions execution;

    @Option(
            names = "--model",
            defaultValue = "ViT-B-16",
            paramLabel = "NAME_OR_JSON",
            description = "A preset or open_clip's JSON (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--batch",
            defaultValue = "16",
            paramLabel = "N",
            description = "Pairs a step (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--steps",
            defaultValue = "5",
            paramLabel = "N",
            description = "Steps to time (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--warmup-steps",
            defaultValue = "1",
            paramLabel = "N",
            description = "Steps before those (default: ${DEFAULT-VALUE}).")
    private int warmupSteps;

    @Option(
            names = "--words",
            arity = "2",
            paramLabel = "N",
            description =
                    "Fewest and most words of a caption (default: 8 20); as many as the context has tokens fill it.")
    private int[] words = {8, 20};

    @Mixin
    private SeedOption seed;

    @Override
    public Integer call() throws IOException {
        ClipConfig clip = ClipConfig.resolve(model);
        Mask masked = mask.config();
        if (steps < 1) {
            throw new IllegalArgumentException("--steps must be at least 1, not " + steps);
        }
        Execution chosen = execution.prepare(clip);
        StageConfig config = StageConfig.builder()
                .setSteps((long) steps + warmupSteps)
                .setBatchSize(batch)
                .setMask(masked)
                .optOptimizer(OptimizerConfig.paper())
                .optPrecision(chosen.precision())
                .optSeed(seed.value())
                .build();
        StepBenchmark benchmark = new StepBenchmark(clip, config, warmupSteps, chosen, execution.device());
        JsonObject measured;
        try (StagedProgress progress = new StagedProgress(spec.commandLine().getErr())) {
            measured = benchmark.measure(model, pairs(clip), report -> progress.step(spec.name(), report));
        }
        spec.commandLine().getOut().println(measured);
        return 0;
    }

    private SyntheticPairs pairs(ClipConfig clip) {
        ClipTokenizer tokenizer = ClipTokenizer.load();
        int side = clip.vision().imageSize();
        int context = clip.text().contextLength();
        return SyntheticPairs.builder()
                .setTokenizer(tokenizer)
                .setBatchSize(batch)
                .setImageSize(side)
                .setContextLength(context)
                .optWords(words[0], words[1])
                .optSeed(seed.value())
                .build();
    }
}
