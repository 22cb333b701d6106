package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.glip.files.Uninterrupted;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.scenes.Scenes;

/**
 * The runs of a comparison on one data set by one plan. What is done is not done again: a run has a result file, and its models
 * have a folder, both named by {@link ScenesRun#id}. A series that is interrupted goes on where it stopped when it is started
 * again; to evaluate models anew, as when there are new metrics, delete the result file and keep the models.
 */
public final class ScenesRuns implements Comparison {
    private final Scenes scenes;
    private final ScenesPlan plan;
    private final Path results;
    private final ScenesTraining training;
    private final ScenesEvaluation evaluation;

    /**
     * @param scenes the data
     * @param plan how to train
     * @param results folder of the result files
     * @param models folder of the trained models, about 60 MB a run with the {@code tiny} model
     * @param command what a person types to run this, for the provenance
     */
    public ScenesRuns(Scenes scenes, ScenesPlan plan, Path results, Path models, String command) {
        this.scenes = scenes;
        this.plan = plan;
        this.results = results;
        this.training = new ScenesTraining(models, command);
        this.evaluation = new ScenesEvaluation(command);
    }

    /**
     * Names a run.
     *
     * @param method how it is pre-trained
     * @param seed of weights, order and masks
     * @return the run
     * @throws IllegalArgumentException if the method does not fit the plan's model
     */
    public ScenesRun run(Method method, long seed) {
        return new ScenesRun(scenes, plan, method, seed);
    }

    @Override
    public String id(Method method, long seed) {
        return run(method, seed).id();
    }

    /**
     * Where the result of a run lies, or will.
     *
     * @param method how it is pre-trained
     * @param seed of weights, order and masks
     * @return its result file
     */
    public Path file(Method method, long seed) {
        return results.resolve(run(method, seed).id() + ".json");
    }

    /**
     * The result of a run that was done before.
     *
     * @param method how it is pre-trained
     * @param seed of weights, order and masks
     * @return the result, or nothing if there is no file
     * @throws org.glip.results.ResultFileException if the file holds another run or is damaged
     * @throws IOException if the file cannot be read
     */
    public Optional<RunResult> finished(Method method, long seed) throws IOException {
        ScenesRun run = run(method, seed);
        return ResultFile.readIfDone(file(method, seed), run.settings(), run.data(), run.configuration());
    }

    /**
     * The result of a run: from its file, else by evaluating its models, which are trained if they are not there.
     *
     * @param method how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step of training
     * @return the result
     * @throws org.glip.results.ResultFileException if a file under the run's name holds another run or is damaged
     * @throws IOException if a file cannot be read or written
     * @throws CancellationException if the thread is interrupted; neither result nor models are left half-written
     */
    @Override
    public RunResult result(Method method, long seed, RunProgress progress) throws IOException {
        Optional<RunResult> done = finished(method, seed);
        if (done.isPresent()) {
            return done.get();
        }
        RunResult result = outcome(method, seed, progress).result();
        Uninterrupted.run(() -> ResultFile.write(file(method, seed), result));
        return result;
    }

    /**
     * The results of several methods, seed by seed, so that a series that is cut short has compared all methods on the first seeds.
     *
     * @param methods how to pre-train
     * @param seeds of weights, order and masks
     * @param progress told after each step of training
     * @return the results, in the order of the runs
     * @throws IOException as {@link #result}
     */
    public List<RunResult> results(List<Method> methods, long[] seeds, RunProgress progress) throws IOException {
        List<RunResult> all = new ArrayList<>();
        for (long seed : seeds) {
            for (Method method : methods) {
                all.add(result(method, seed, progress));
            }
        }
        return all;
    }

    /**
     * Evaluates a run's models, which are trained if they are not there, and writes no result file.
     *
     * @param method how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step of training
     * @return figures and predictions
     * @throws IOException as {@link #result}
     * @throws CancellationException if the thread is interrupted
     */
    public ScenesOutcome outcome(Method method, long seed, RunProgress progress) throws IOException {
        ScenesRun run = run(method, seed);
        return evaluation.evaluate(run, training.train(run, progress));
    }
}
