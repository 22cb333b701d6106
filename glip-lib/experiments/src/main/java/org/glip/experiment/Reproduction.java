package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.apache.commons.io.file.PathUtils;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.files.Uninterrupted;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.scenes.ScenesProgress;
import org.jspecify.annotations.Nullable;

/**
 * Makes a result again: reads from its file what run it came from, finds or composes the data, trains and evaluates,
 * and compares figure by figure.
 *
 * <pre>{@code
 * Reproduced outcome = Reproduction.builder()
 *         .setResult(Path.of("notebooks/results/01-pretraining/centred-FLIP-75-samples120000-seed0.json"))
 *         .setData(Path.of("data"))
 *         .build()
 *         .run((stage, report) -> {}, ScenesProgress.NONE);
 * outcome.figures().forEach(System.out::println);
 * }</pre>
 *
 * <p>Runs of a {@link Comparison} can be made again, on Scenes of this library's version and on shards, their linear
 * probes, fine-tunings and sets, and runs of {@link EqualTime}. Measurements of time and memory cannot.
 */
public final class Reproduction {
    private final Path result;
    private final RecordedData data;
    private final @Nullable Path folder;
    private final @Nullable Precision precision;
    private final boolean isDespiteChanges;

    private Reproduction(Builder builder) {
        result = Objects.requireNonNull(builder.result, "a reproduction needs a result file");
        data = new RecordedData(
                Objects.requireNonNull(builder.data, "a reproduction needs a folder of data"),
                builder.shards,
                builder.sets);
        folder = builder.folder;
        precision = builder.precision;
        isDespiteChanges = builder.isDespiteChanges;
    }

    /**
     * Begins to describe a reproduction.
     *
     * @return a builder; result and data must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a reproduction. Result and data must be set; all else has a default. */
    public static final class Builder {
        private @Nullable Path result;
        private @Nullable Path data;
        private @Nullable String shards;
        private @Nullable Path sets;
        private @Nullable Path folder;
        private @Nullable Precision precision;
        private boolean isDespiteChanges;

        private Builder() {}

        /**
         * Sets what to make again.
         *
         * @param file a result file; those of other seeds beside it tell how much seeds matter
         * @return this
         */
        public Builder setResult(Path file) {
            result = file;
            return this;
        }

        /**
         * Sets where Scenes are, or are to be composed.
         *
         * @param root the folder that was given to {@code data-scripts/fetch-scenes.sh}
         * @return this
         */
        public Builder setData(Path root) {
            data = root;
            return this;
        }

        /**
         * Says where shards lie; by default where they lay.
         *
         * @param pattern see {@link org.glip.data.SampleSource#shards(String...)}; null for the default
         * @return this
         */
        public Builder optShards(@Nullable String pattern) {
            shards = pattern;
            return this;
        }

        /**
         * Says where the field's sets lie; by default where they lay.
         *
         * @param root their folder; null for the default
         * @return this
         */
        public Builder optSets(@Nullable Path root) {
            sets = root;
            return this;
        }

        /**
         * Keeps the models and the new result file; by default they are deleted in the end.
         *
         * @param newFolder a folder that holds no models of this run; null for the default
         * @return this
         */
        public Builder optFolder(@Nullable Path newFolder) {
            folder = newFolder;
            return this;
        }

        /**
         * Computes in another precision; by default in the recorded one.
         *
         * @param newPrecision the precision; null for the default
         * @return this
         */
        public Builder optPrecision(@Nullable Precision newPrecision) {
            precision = newPrecision;
            return this;
        }

        /**
         * Also takes results of code with changes that no commit holds; by default they are refused.
         *
         * @param isTaken whether to take them
         * @return this
         */
        public Builder optDespiteChanges(boolean isTaken) {
            isDespiteChanges = isTaken;
            return this;
        }

        /**
         * Completes the description.
         *
         * @return the reproduction
         * @throws NullPointerException if result or data are not set
         */
        public Reproduction build() {
            return new Reproduction(this);
        }
    }

    /**
     * Trains and evaluates again, which takes as long as it did.
     *
     * @param training told after each step, and how far the tests are
     * @param composing told while data are composed
     * @return what came out
     * @throws org.glip.results.ResultFileException if the file is damaged or cannot be made again here; the field is
     *     named
     * @throws IOException if data are missing, or the folder holds models of the run already
     * @throws CancellationException if the thread is interrupted
     */
    public Reproduced run(RunProgress training, ScenesProgress composing) throws IOException {
        RecordedRun recorded = RecordedRun.read(result);
        if (!isDespiteChanges) {
            recorded.requireCommit();
        }
        Precision chosen = precision == null ? recorded.precision() : precision;
        if (chosen == recorded.precision()) {
            recorded.requirePrecision(Torch.supported(chosen) == chosen);
        }
        Run run = recorded.on(data.open(recorded, composing), chosen);
        RunEvaluation evaluation = recorded.evaluation().open(result, run.benchmark(), data.sets());
        if (folder != null) {
            return run(recorded, run, evaluation, folder, training);
        }
        Path temporary = Files.createTempDirectory("glip-reproduce");
        try {
            return run(recorded, run, evaluation, temporary, training);
        } finally {
            PathUtils.delete(temporary);
        }
    }

    private Reproduced run(RecordedRun recorded, Run run, RunEvaluation evaluation, Path place, RunProgress training)
            throws IOException {
        Path models = place.resolve("models");
        Path own = models.resolve(run.id());
        Path file = place.resolve(result.getFileName());
        if (Files.exists(TrainedModels.file(own)) || Files.exists(file)) {
            throw new IOException(
                    place + " holds this run already, which would be taken for a new one: choose another folder");
        }
        String command = "glip reproduce " + result;
        TrainedModels trained = new RunTraining(models, command).train(run, training);
        Findings found = Interruptible.run("evaluation", () -> evaluation.measure(run, trained, training));
        RunResult remade = remade(recorded, run, trained, found, command);
        Uninterrupted.run(() -> ResultFile.write(file, remade));
        List<RunResult> beside = FigureNoise.beside(result, recorded.result());
        return Reproduced.compare(result, recorded.result(), remade, beside, found.questions());
    }

    private static RunResult remade(
            RecordedRun recorded, Run run, TrainedModels trained, Findings found, String command) throws IOException {
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (recorded.evaluation().isUsual()) {
            metrics.putAll(trained.training().metrics());
        }
        metrics.putAll(found.metrics());
        recorded.complete(metrics, run.plan());
        Map<String, String> configuration = new LinkedHashMap<>(run.configuration());
        configuration.putAll(recorded.evaluation().configuration());
        return new RunResult(
                recorded.result().settings(), metrics, found.hits(), run.provenance(command, configuration));
    }
}
