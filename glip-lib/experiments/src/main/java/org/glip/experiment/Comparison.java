package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.glip.files.Uninterrupted;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;

/**
 * The runs of several methods that are pre-trained on the same pairs by the same plan, tuned without a mask, and tested
 * alike. What is done is not done again: a run has a result file, and its models have a folder, both named by {@link
 * Run#id}. A series that is interrupted goes on where it stopped when it is started again; to evaluate models anew, as
 * when there are new metrics, delete the result file and keep the models.
 */
public final class Comparison {
    private final Benchmark benchmark;
    private final Plan plan;
    private final Path results;
    private final RunTraining training;
    private final String command;

    /**
     * Prepares a comparison.
     *
     * @param benchmark what is trained and tested on
     * @param plan how to train
     * @param results folder of the result files
     * @param models folder of the trained models, about 60 MB a run with the {@code tiny} model, and of checkpoints
     * @param command what a person types to run this, for the provenance
     */
    public Comparison(Benchmark benchmark, Plan plan, Path results, Path models, String command) {
        this.benchmark = benchmark;
        this.plan = plan;
        this.results = results;
        this.training = new RunTraining(models, command);
        this.command = command;
    }

    /**
     * Names a run.
     *
     * @param method how it is pre-trained
     * @param seed of weights, order and masks
     * @return the name of its files
     * @throws IllegalArgumentException if the method does not fit the plan's model
     */
    public String id(Method method, long seed) {
        return run(method, seed).id();
    }

    private Run run(Method method, long seed) {
        return new Run(benchmark, plan, method, seed);
    }

    /** Returns where the result of a run lies, or will. */
    Path file(Method method, long seed) {
        return results.resolve(id(method, seed) + ".json");
    }

    /** Returns the result of a run that was done before, or nothing if it was not. */
    Optional<RunResult> finished(Method method, long seed) throws IOException {
        Run run = run(method, seed);
        return ResultFile.readIfDone(file(method, seed), run.settings(), run.data(), run.configuration());
    }

    /**
     * Returns the result of a run: from its file, else by evaluating its models, which are trained if they are not
     * there. Its figures are shares: {@code masked top-1} (of masked methods), {@code unmasked top-1}, {@code tuned
     * top-1} and the like; and besides {@code image tokens}, {@code samples per second} and other costs.
     *
     * @param method how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step of training, and how far a test is
     * @return the result
     * @throws org.glip.results.ResultFileException if a file under the run's name holds another run or is damaged
     * @throws IOException if a file cannot be read or written, or what is tested on is missing, which is told before
     *     the training
     * @throws CancellationException if the thread is interrupted; neither result nor models are left half-written
     */
    public RunResult result(Method method, long seed, RunProgress progress) throws IOException {
        Optional<RunResult> done = finished(method, seed);
        if (done.isPresent()) {
            return done.get();
        }
        Run run = run(method, seed);
        RunEvaluation evaluation = benchmark.openEvaluation();
        TrainedModels models = training.train(run, progress);
        RunResult result = evaluate(run, evaluation, progress, models).result();
        Uninterrupted.run(() -> ResultFile.write(file(method, seed), result));
        return result;
    }

    /**
     * Returns the models of a run, which are trained if they are not there.
     *
     * @param method how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step of training
     * @return the models, with their logs
     * @throws IOException if another run's models lie under its name, or a file cannot be read or written
     * @throws CancellationException if the thread is interrupted; nothing is left half-written
     */
    public TrainedModels models(Method method, long seed, RunProgress progress) throws IOException {
        return training.train(run(method, seed), progress);
    }

    /**
     * Evaluates a run's models, which are trained if they are not there, and writes no result file.
     *
     * @param method how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step of training
     * @return figures and predictions
     * @throws IOException as {@link #result(Method, long, RunProgress)}
     * @throws CancellationException if the thread is interrupted
     */
    public Outcome outcome(Method method, long seed, RunProgress progress) throws IOException {
        Run run = run(method, seed);
        RunEvaluation evaluation = benchmark.openEvaluation();
        return evaluate(run, evaluation, progress, training.train(run, progress));
    }

    private Outcome evaluate(Run run, RunEvaluation evaluation, RunProgress progress, TrainedModels models)
            throws IOException {
        Findings found = Interruptible.run("evaluation", () -> evaluation.measure(run, models, progress));
        Map<String, Double> metrics = new LinkedHashMap<>(models.training().metrics());
        metrics.putAll(found.metrics());
        RunResult result = new RunResult(run.settings(), metrics, found.hits(), run.provenance(command));
        return new Outcome(result, models, found.predictions());
    }

    /**
     * Returns the result of a further evaluation of a run's models: from its file, which lies in a folder named by the
     * evaluation, under the name of the run; else by evaluating, and training if the models are not there.
     *
     * @param evaluation what to evaluate
     * @param method how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step of training, and how far the evaluation is
     * @return the result
     * @throws org.glip.results.ResultFileException if a file under the evaluation's name holds another one or is
     *     damaged
     * @throws IOException if a file cannot be read or written
     * @throws CancellationException if the thread is interrupted; nothing is left half-written, and the flag stays set
     */
    public RunResult result(FurtherEvaluation evaluation, Method method, long seed, RunProgress progress)
            throws IOException {
        Run run = run(method, seed);
        Path file = results.resolve(evaluation.id()).resolve(run.id() + ".json");
        Map<String, String> configuration = configuration(evaluation, run);
        Optional<RunResult> done = ResultFile.readIfDone(file, run.settings(), run.data(), configuration);
        if (done.isPresent()) {
            return done.get();
        }
        TrainedModels models = training.train(run, progress);
        Findings found = Interruptible.run(evaluation.id(), () -> evaluation.measure(run, models, progress));
        RunResult result =
                new RunResult(run.settings(), found.metrics(), found.hits(), run.provenance(command, configuration));
        Uninterrupted.run(() -> ResultFile.write(file, result));
        return result;
    }

    /** Returns the configuration of a further evaluation, as provenance names it. */
    static Map<String, String> configuration(FurtherEvaluation evaluation, Run run) {
        Map<String, String> configuration = new LinkedHashMap<>(run.configuration());
        evaluation.settings().forEach((name, value) -> configuration.put(evaluation.id() + " " + name, value));
        return configuration;
    }
}
