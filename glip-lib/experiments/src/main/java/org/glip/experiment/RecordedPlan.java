package org.glip.experiment;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glip.engine.Precision;

/** The plan of a run, by what its result file says. Threads that decode are this machine's: they change nothing. */
final class RecordedPlan {
    private static final Pattern RECIPE =
            Pattern.compile("Stage\\[epochs=(.+), batchSize=(\\d+), learningRate=(.+), warmupSteps=(\\d+)]");

    private RecordedPlan() {}

    /**
     * Reads a plan.
     *
     * @param settings {@link Plan#settings}, and more
     * @param details {@link Plan#details}; older files have none
     * @param precision to compute in
     * @throws IOException where a setting is missing or makes no sense; it is named
     */
    static Plan read(RecordedSettings settings, RecordedSettings details, Precision precision) throws IOException {
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
        if (!settings.has("pre-training")) {
            return new SamplePlan(
                    settings.model("model"),
                    settings.integer("samples"),
                    settings.integer("tuning samples"),
                    settings.integer("batch size"),
                    settings.number("learning rate"),
                    settings.number("tuning learning rate"),
                    settings.number("weight decay"),
                    settings.has(SamplePlan.POSITION_EMBEDDING),
                    precision,
                    workers);
        }
        return new EpochPlan(
                settings.model("model"),
                settings.parsed("pre-training", "a stage", RecordedPlan::recipe),
                settings.parsed("tuning", "a stage", RecordedPlan::recipe),
                details.has(EpochPlan.MICRO_BATCH_DETAIL)
                        ? details.integer(EpochPlan.MICRO_BATCH_DETAIL)
                        : EpochPlan.MICRO_BATCH,
                precision,
                workers,
                settings.integer("shuffle"),
                EpochPlan.CHECKPOINT_EVERY);
    }

    /** Reads what {@link EpochPlan.Recipe#describe} gave. */
    private static EpochPlan.Recipe recipe(String described) {
        Matcher parts = RECIPE.matcher(described);
        if (!parts.matches()) {
            throw new IllegalArgumentException("it has another form than " + RECIPE);
        }
        return new EpochPlan.Recipe(
                Double.parseDouble(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Double.parseDouble(parts.group(3)),
                Long.parseLong(parts.group(4)));
    }
}
