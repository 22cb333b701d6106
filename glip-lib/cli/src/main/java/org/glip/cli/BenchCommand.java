package org.glip.cli;

import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.glip.data.SyntheticPairs;
import org.glip.engine.MatrixRate;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.text.ClipTokenizer;
import org.glip.train.OptimizerConfig;
import org.glip.train.StepBenchmark;
import org.glip.train.StepBenchmark.Timings;
import org.glip.train.TrainConfig;
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
            "matrix_gflop are the operations of a step's matrix products, machine_gflops the rate at which this machine does "
                    + "one large product, matrix_share the part of that rate that the step reaches."
        })
final class BenchCommand implements Callable<Integer> {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

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
        TrainConfig config = new TrainConfig(
                Math.addExact(steps, warmupSteps),
                batch,
                batch,
                OptimizerConfig.paper(),
                masked,
                chosen.precision(),
                seed.value(),
                0);
        StepBenchmark benchmark = new StepBenchmark(clip, config, warmupSteps, chosen);
        spec.commandLine().getOut().println(toJson(benchmark.run(pairs(clip)), clip, masked, chosen));
        return 0;
    }

    private SyntheticPairs pairs(ClipConfig clip) {
        ClipTokenizer tokenizer = ClipTokenizer.load();
        int side = clip.vision().imageSize();
        int context = clip.text().contextLength();
        return new SyntheticPairs(tokenizer, batch, side, context, words[0], words[1], seed.value());
    }

    private JsonObject toJson(Timings timings, ClipConfig clip, Mask masked, Execution chosen) throws IOException {
        Gson gson = new Gson();
        JsonObject json = new JsonObject();
        json.add("wall_seconds", gson.toJsonTree(timings.wallSeconds()));
        json.add("cpu_seconds", gson.toJsonTree(timings.cpuSeconds()));
        json.addProperty("samples_per_second", batch / timings.medianWallSeconds());
        json.add("peak_rss_bytes", peakMemory());
        json.addProperty("matrix_gflop", timings.medianMatrixFlop() / 1e9);
        double rate = machineRate(clip, chosen);
        json.addProperty("machine_gflops", rate);
        json.addProperty("matrix_share", timings.medianMatrixFlop() / 1e9 / timings.medianWallSeconds() / rate);
        json.addProperty("model", model);
        json.addProperty("batch", batch);
        json.addProperty("mask", masked.toString());
        json.addProperty("kept", masked.on(clip.vision().grid()).kept());
        json.addProperty("precision", chosen.precision().label());
        json.addProperty("route", ExecutionOptions.label(chosen.route()));
        json.addProperty("threads", Torch.threads());
        json.addProperty("engine", Torch.version());
        return json;
    }

    private static double machineRate(ClipConfig clip, Execution chosen) {
        try (NDManager manager = Torch.newManager()) {
            return MatrixRate.gflops(
                    manager, chosen.precision(), chosen.route(), clip.vision().width());
        }
    }

    /** The most memory this process has held, as Linux tells it; null elsewhere. */
    private static JsonElement peakMemory() throws IOException {
        if (!Files.exists(STATUS)) {
            return JsonNull.INSTANCE;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(PEAK))
                .findFirst()
                .<JsonElement>map(line -> new JsonPrimitive(1024 * Long.parseLong(line.replaceAll("\\D", ""))))
                .orElse(JsonNull.INSTANCE);
    }
}
