package org.glip.cli;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;
import org.glip.engine.Devices;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.text.ClipTokenizer;
import org.glip.train.StageConfig;
import org.glip.train.StageEstimate;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a stage what it will take, as JSON and in words.
 *
 * @param model the model
 * @param config the stage
 * @param pairs in the data
 * @param ranks processes that share each batch
 * @param captions how long they are
 * @param route the way of matrix products, or null for the faster one
 * @param device where it would be computed
 */
record DryRun(
        ClipConfig model,
        StageConfig config,
        long pairs,
        int ranks,
        Captions captions,
        @Nullable MatrixRoute route,
        Device device) {
    private static final int CAPTIONS_READ = 512;
    private static final double GIB = 1L << 30;
    private static final List<String> NOT_COUNTED =
            List.of("reading and decoding pictures", "exchange between ranks", "checkpoints");

    /**
     * How long captions are.
     *
     * @param tokens on average, rounded up
     * @param origin whence that is known
     */
    record Captions(int tokens, String origin) {
        /** Looks at the first captions of the data. */
        static Captions of(SampleSource source, ClipConfig model) throws IOException {
            int context = model.text().contextLength();
            ClipTokenizer tokenizer = ClipTokenizer.load();
            long sum = 0;
            int read = 0;
            try (SampleSource.Pass pass = source.open(new SkipLog())) {
                while (read < CAPTIONS_READ && pass.hasNext()) {
                    sum += tokenizer.tokenize(pass.next().caption(), context).length();
                    read++;
                }
            }
            return read == 0
                    ? full(model)
                    : new Captions((int) ((sum + read - 1) / read), "mean of the first " + read + " captions");
        }

        /** What captions have at most. */
        static Captions full(ClipConfig model) {
            return new Captions(model.text().contextLength(), "the whole context, for the data were not opened");
        }
    }

    /** Tries the machine and prints. */
    void print(String stage, PrintWriter out, PrintWriter err) {
        double gflops = gflops();
        StageEstimate estimate = StageEstimate.of(model, config, captions.tokens(), ranks, gflops);
        out.println(toJson(stage, estimate, gflops));
        err.println(words(stage, estimate, gflops));
    }

    private double gflops() {
        try (NDManager manager = Torch.newManager(device)) {
            List<MatrixRoute> routes;
            if (route != null) {
                routes = List.of(route);
            } else if (config.precision() == Precision.FP32
                    && !manager.getDevice().isGpu()) {
                routes = List.of(MatrixRoute.values());
            } else {
                routes = List.of(MatrixRoute.LINEAR);
            }
            return routes.stream()
                    .mapToDouble(one -> one.gflops(
                            manager, config.precision(), model.vision().width()))
                    .max()
                    .orElseThrow();
        }
    }

    private int imageTokens() {
        return 1 + config.mask().on(model.vision().grid()).kept();
    }

    private JsonObject toJson(String stage, StageEstimate estimate, double gflops) {
        JsonObject json = new JsonObject();
        json.addProperty("stage", stage);
        json.addProperty("pairs", pairs);
        json.addProperty("image_size", model.vision().imageSize());
        json.addProperty("mask", config.mask().toString());
        json.addProperty("image_tokens", imageTokens());
        json.addProperty("caption_tokens", captions.tokens());
        json.addProperty("caption_tokens_from", captions.origin());
        json.addProperty("precision", config.precision().label());
        json.addProperty("ranks", ranks);
        json.addProperty("batch", config.batchSize());
        json.addProperty("batch_of_rank", config.batchSize() / ranks);
        json.addProperty("micro_batch", Math.min(config.microBatch(), config.batchSize() / ranks));
        json.addProperty("steps", estimate.steps());
        json.addProperty("warmup_steps", config.optimizer().warmupSteps());
        json.addProperty("samples", estimate.pairs());
        json.addProperty("flop_of_step", estimate.stepFlop());
        json.addProperty("flop", estimate.flop());
        json.addProperty("paper_flop", estimate.paperFlop() * estimate.steps());
        json.add("memory_bytes", memory(estimate.memory()));
        json.addProperty("machine_gflops", gflops);
        json.addProperty("threads", Torch.threads());
        json.addProperty("device", Devices.describe(device));
        json.addProperty("step_seconds", estimate.stepSeconds());
        json.addProperty("samples_per_second", config.batchSize() / estimate.stepSeconds());
        json.addProperty("seconds", estimate.seconds());
        json.add("not_counted", new Gson().toJsonTree(NOT_COUNTED));
        return json;
    }

    private static JsonObject memory(StageEstimate.Memory memory) {
        JsonObject json = new JsonObject();
        json.addProperty("weights_gradients_moments", memory.state());
        json.addProperty("activations", memory.activations());
        json.addProperty("batches_on_heap", memory.batches());
        json.addProperty("process", memory.process());
        json.addProperty("loader", memory.loader());
        json.addProperty("total", memory.total());
        return json;
    }

    private String words(String stage, StageEstimate estimate, double gflops) {
        List<String> lines = new ArrayList<>();
        lines.add("glip: " + stage + ", a dry run: nothing is trained, nothing written");
        lines.add(line(
                "steps       %,d of %,d pairs, %,d in all; warm-up %,d",
                estimate.steps(),
                config.batchSize(),
                estimate.pairs(),
                config.optimizer().warmupSteps()));
        lines.add(line(
                "tokens      %d of a picture (%s), %d of a caption (%s)",
                imageTokens(), config.mask(), captions.tokens(), captions.origin()));
        lines.add(line("operations  %.3g FLOP a step, %.3g in all", estimate.stepFlop(), estimate.flop()));
        StageEstimate.Memory memory = estimate.memory();
        lines.add(line(
                "memory      %.1f GiB a rank: weights, gradients and moments %.1f, activations %.1f, batches on Java's"
                        + " heap %.1f",
                memory.total() / GIB, memory.state() / GIB, memory.activations() / GIB, memory.batches() / GIB));
        lines.add(line(
                "time        %s: %.3g s a step, %.1f samples/s",
                time(estimate.seconds()), estimate.stepSeconds(), config.batchSize() / estimate.stepSeconds()));
        lines.add(line(
                "            where each of %d rank(s) multiplies as this process does: %.0f GFLOP/s, %d thread(s), %s",
                ranks, gflops, Torch.threads(), config.precision().label()));
        lines.add("  not counted " + String.join(", ", NOT_COUNTED));
        addWarning(lines, memory);
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(String format, Object... values) {
        return "  " + String.format(Locale.ROOT, format, values);
    }

    private static void addWarning(List<String> lines, StageEstimate.Memory memory) {
        long machine =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        if (memory.total() > machine) {
            lines.add(line(
                    "this machine has %.1f GiB: take a smaller --micro-batch, or more ranks on more machines",
                    machine / GIB));
        }
    }

    private static String time(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return time.toDays() > 0
                ? time.toDays() + " d " + time.toHoursPart() + " h"
                : time.toHours() > 0
                        ? time.toHours() + " h " + time.toMinutesPart() + " min"
                        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
