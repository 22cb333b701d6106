package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.glip.engine.Precision;
import org.glip.results.ComparableRuns;
import org.glip.results.MethodName;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.ResultFileException;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.train.Provenance;

/**
 * The run that a result file came from, but for its data: what the file says, understood and held against what a run of
 * this version of the library would say. So a setting that is not known here is refused, and not passed over.
 *
 * @param file the result file
 * @param result what it holds
 * @param method how the run was pre-trained
 * @param evaluation which of a run's evaluations the file is of
 */
record RecordedRun(Path file, RunResult result, Method method, RecordedEvaluation evaluation) {
    private static final String UNKNOWN_CHANGES = " with changes";
    /** The setting that another machine may not be able to follow. */
    static final String PRECISION = "precision";

    /** What runs at equal time are labelled with besides. */
    private static final Set<String> EQUAL_TIME =
            Set.of(EqualTime.COMPARISON, EqualTime.CPU_SECONDS, EqualTime.SECONDS);

    /**
     * Reads a result file.
     *
     * @throws ResultFileException if it is damaged, or holds what cannot be made again; the field is named
     * @throws IOException if it cannot be read
     */
    static RecordedRun read(Path file) throws IOException {
        RunResult result = ResultFile.read(file);
        refuseOthers(file, result);
        try {
            return read(file, result);
        } catch (IllegalArgumentException e) {
            throw new ResultFileException(file, "it describes no run: " + e.getMessage());
        }
    }

    private static RecordedRun read(Path file, RunResult result) throws IOException {
        RecordedSettings settings = configuration(file, result);
        MethodName name = MethodName.find(result.settings().method())
                .orElseThrow(() -> new ResultFileException(
                        file,
                        "\"method\" is \"" + result.settings().method() + "\", which is none that trains a model"));
        OptionalInt pictures = settings.has(ComparableRuns.PICTURE_SIZE)
                ? OptionalInt.of(settings.integer(ComparableRuns.PICTURE_SIZE))
                : OptionalInt.empty();
        Method method = new Method(name, result.settings().mask(), pictures);
        RecordedRun run = new RecordedRun(file, result, method, RecordedEvaluation.read(settings));
        Plan plan = run.plan(run.precision());
        method.imageTokens(plan.model());
        Map<String, String> expected =
                method.configuration(plan.settings(), result.settings().seed());
        expected.putAll(run.evaluation.configuration());
        settings.requireSame(expected);
        run.labels().requireSame(method.settings(run.preset(), 0).labels());
        return run;
    }

    private static void refuseOthers(Path file, RunResult result) throws ResultFileException {
        Provenance provenance = result.provenance();
        if (result.has(Metric.STEP_TIME)) {
            throw new ResultFileException(
                    file,
                    "\"metrics." + Metric.STEP_TIME + "\" tells what a step cost on one machine, which is measured and"
                            + " not reproduced: " + provenance.command());
        }
        if (provenance.configuration().containsKey("task")) {
            throw new ResultFileException(
                    file,
                    "\"provenance.configuration.task\" tells that glip evaluate wrote it, of a model that was trained"
                            + " before; make it again by its own command: " + provenance.command());
        }
    }

    private static RecordedSettings configuration(Path file, RunResult result) {
        return new RecordedSettings(
                file, "provenance.configuration.", result.provenance().configuration());
    }

    RecordedSettings configuration() {
        return configuration(file, result);
    }

    RecordedSettings details() {
        return new RecordedSettings(
                file, "provenance.details.", result.provenance().details());
    }

    /** The labels of the run itself, without those of a comparison at equal time. */
    private RecordedSettings labels() {
        Map<String, String> labels = new LinkedHashMap<>(result.settings().labels());
        labels.keySet().removeAll(EQUAL_TIME);
        return new RecordedSettings(file, "labels.", labels);
    }

    /** The name of the data in tables. */
    String preset() throws ResultFileException {
        return labels().text(RunSettings.PRESET);
    }

    /** The precision that it was computed in. */
    Precision precision() throws ResultFileException {
        return configuration().precision(PRECISION);
    }

    /** How it was trained, but in a precision of choice. */
    Plan plan(Precision precision) throws IOException {
        return RecordedPlan.read(configuration(), details(), precision);
    }

    /** The run on its data. */
    Run on(Benchmark benchmark, Precision precision) throws IOException {
        return new Run(benchmark, plan(precision), method, result.settings().seed());
    }

    /**
     * Refuses a result of code that nobody has any more.
     *
     * @throws ResultFileException if the code that was built had changes that no commit holds
     */
    void requireCommit() throws ResultFileException {
        String commit = result.provenance().versions().getOrDefault("commit", "");
        if (commit.endsWith(UNKNOWN_CHANGES)) {
            throw new ResultFileException(
                    file,
                    "\"provenance.versions.commit\" is \"" + commit + "\": what made it had changes that no commit"
                            + " holds, so a difference may be theirs; --despite-changes makes it again all the same");
        }
    }

    /** Refuses a precision that this machine lacks, which would take many times as long. */
    void requirePrecision(boolean isSupported) throws ResultFileException {
        if (!isSupported) {
            throw configuration()
                    .refused(
                            PRECISION,
                            "is " + precision().label() + ", which this processor does not have; --precision fp32"
                                    + " computes in that and says so");
        }
    }

    /** Adds what a comparison at equal time tells besides. */
    void complete(Map<String, Double> metrics, Plan plan) {
        if (result.settings().labels().containsKey(EqualTime.COMPARISON) && plan instanceof SamplePlan samples) {
            metrics.put(Metric.SAMPLES.name(), (double) samples.samples());
        }
    }
}
