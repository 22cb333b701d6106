package org.glip.experiment;

import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import org.glip.data.SyntheticPairs;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.text.ClipTokenizer;
import org.glip.train.OptimizerConfig;
import org.glip.train.StageConfig;
import org.glip.train.StepBenchmark;

/**
 * The programme of the processes that {@link BenchProcess} starts: times steps on noise, and prints what {@code glip
 * bench} does.
 */
final class TimedSteps {
    private static final int WRONG_INPUT = 2;
    private static final int WARM_UP_STEPS = 1;
    private static final long SEED = 0;

    private TimedSteps() {}

    /** What the programme takes as its arguments. */
    static List<String> arguments(String model, Precision precision, Mask mask, int batch, int steps) {
        return List.of(
                model,
                precision.label(),
                new Gson().toJson(mask, Mask.class),
                Integer.toString(batch),
                Integer.toString(steps));
    }

    /**
     * Prints the measurement. Ends with code 2 and words on standard error where the settings make no sense.
     *
     * @param arguments as {@link #arguments} gives them
     * @throws IOException if the model's configuration cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        try {
            System.out.println(measure(
                    arguments[0],
                    Precision.parse(arguments[1]),
                    new Gson().fromJson(arguments[2], Mask.class),
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4])));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_INPUT);
        }
    }

    private static JsonObject measure(String name, Precision precision, Mask mask, int batch, int steps)
            throws IOException {
        ClipConfig model = ClipConfig.resolve(name);
        Execution execution;
        try (NDManager manager = Torch.newManager()) {
            execution = Execution.fastest(model, precision, manager);
        }
        StageConfig config = StageConfig.builder()
                .setSteps(Math.addExact(steps, WARM_UP_STEPS))
                .setBatchSize(batch)
                .setMask(mask)
                .optOptimizer(OptimizerConfig.paper())
                .optPrecision(execution.precision())
                .optSeed(SEED)
                .build();
        SyntheticPairs pairs = SyntheticPairs.builder()
                .setTokenizer(ClipTokenizer.load())
                .setBatchSize(batch)
                .setImageSize(model.vision().imageSize())
                .setContextLength(model.text().contextLength())
                .optSeed(SEED)
                .build();
        return new StepBenchmark(model, config, WARM_UP_STEPS, execution).measure(name, pairs);
    }
}
