package org.glip.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glip.data.SyntheticPairs;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.text.ClipTokenizer;
import org.glip.train.OptimizerConfig;
import org.glip.train.StageConfig;
import org.glip.train.StepBenchmark;

/**
 * Where the time of a training step goes, by the engine's own profiler: a Markdown table of its operators' own time.
 */
public final class StepProfile {
    private static final int WARMUP = 2;
    private static final int STEPS = 2;
    private static final double LEAST_SHARE = 0.005;

    private StepProfile() {}

    /**
     * An operator's call: when it began and how long it took, in microseconds, and how much of that was in others it
     * called.
     */
    private static final class Call {
        private final String name;
        private final double start;
        private final double duration;
        private double inOthers;

        Call(JsonObject event) {
            name = event.get("name").getAsString();
            start = event.get("ts").getAsDouble();
            duration = event.get("dur").getAsDouble();
        }
    }

    /**
     * Prints the table.
     *
     * @param args model, masking ratio, precision, batch
     * @throws IOException if the model or the profile cannot be read
     */
    public static void main(String... args) throws IOException {
        if (args.length != 4) {
            throw new IllegalArgumentException("usage: StepProfile MODEL RATIO fp32|bf16 BATCH");
        }
        Path trace = Files.createTempFile("glip-step", ".json");
        try {
            profile(
                    ClipConfig.resolve(args[0]),
                    Double.parseDouble(args[1]),
                    Precision.parse(args[2]),
                    Integer.parseInt(args[3]),
                    trace);
            print(ownMilliseconds(trace));
        } finally {
            Files.delete(trace);
        }
    }

    private static void profile(ClipConfig config, double ratio, Precision precision, int batch, Path trace)
            throws IOException {
        Mask mask = ratio == 0 ? Mask.none() : Mask.gaussian(ratio, 0.2);
        StageConfig stage = StageConfig.builder()
                .setSteps(WARMUP + STEPS)
                .setBatchSize(batch)
                .setMask(mask)
                .optOptimizer(OptimizerConfig.paper())
                .optPrecision(precision)
                .build();
        SyntheticPairs pairs = SyntheticPairs.builder()
                .setTokenizer(ClipTokenizer.load())
                .setBatchSize(batch)
                .setImageSize(config.vision().imageSize())
                .setContextLength(config.text().contextLength())
                .build();
        Execution execution;
        try (NDManager manager = Torch.newManager()) {
            execution = Execution.fastest(config, precision, manager);
        }
        new StepBenchmark(config, stage, WARMUP, execution).run(pairs, report -> {
            if (report.step() == WARMUP) {
                JniUtils.startProfile(false, false, false);
            } else if (report.step() == WARMUP + STEPS) {
                JniUtils.stopProfile(trace.toString());
            }
        });
    }

    /** Operator to the time of a step that it spent itself, not in operators that it called. */
    private static Map<String, Double> ownMilliseconds(Path trace) throws IOException {
        Map<Long, List<Call>> threads = new HashMap<>();
        try (Reader reader = Files.newBufferedReader(trace)) {
            JsonElement json = JsonParser.parseReader(reader);
            JsonArray events = json.isJsonArray()
                    ? json.getAsJsonArray()
                    : json.getAsJsonObject().getAsJsonArray("traceEvents");
            for (JsonElement event : events) {
                JsonObject object = event.getAsJsonObject();
                if (object.has("dur")) {
                    threads.computeIfAbsent(object.get("tid").getAsLong(), thread -> new ArrayList<>())
                            .add(new Call(object));
                }
            }
        }
        Map<String, Double> own = new HashMap<>();
        for (List<Call> calls : threads.values()) {
            subtractNested(calls);
            calls.forEach(call -> own.merge(call.name, (call.duration - call.inOthers) / 1e3 / STEPS, Double::sum));
        }
        return own;
    }

    private static void subtractNested(List<Call> calls) {
        calls.sort(Comparator.comparingDouble((Call call) -> call.start).thenComparingDouble(call -> -call.duration));
        Deque<Call> open = new ArrayDeque<>();
        for (Call call : calls) {
            while (!open.isEmpty() && open.peek().start + open.peek().duration <= call.start) {
                open.pop();
            }
            if (!open.isEmpty()) {
                open.peek().inOthers += call.duration;
            }
            open.push(call);
        }
    }

    private static void print(Map<String, Double> own) {
        double total = own.values().stream().mapToDouble(Double::doubleValue).sum();
        System.out.println("| operator | ms a step | share |\n|---|---|---|");
        own.entrySet().stream()
                .filter(entry -> entry.getValue() > LEAST_SHARE * total)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> System.out.printf(
                        "| %s | %.0f | %.1f %% |%n", entry.getKey(), entry.getValue(), 100 * entry.getValue() / total));
        System.out.printf("| all | %.0f | |%n", total);
    }
}
