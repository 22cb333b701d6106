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
 * Further tests of the models of {@link ScenesRuns}: each is done once for a run and kept as a result file, which lies in a folder
 * named by the test, under the name of the run.
 */
public final class FurtherTests {
    private final Path results;
    private final ScenesTraining training;
    private final String command;

    /**
     * @param results the folder with the folders of the tests
     * @param models folder of the trained models, as {@link ScenesRuns} has it
     * @param command what a person types to run this, for the provenance
     */
    public FurtherTests(Path results, Path models, String command) {
        this.results = results;
        this.training = new ScenesTraining(models, command);
        this.command = command;
    }

    /**
     * Where the result of a test lies, or will.
     *
     * @param test what is tested
     * @param run the run whose models are tested
     * @return its result file
     */
    public Path file(FurtherTest test, ScenesRun run) {
        return results.resolve(test.id()).resolve(run.id() + ".json");
    }

    /**
     * The result of a test: from its file, else by testing the run's models, which are trained if they are not there.
     *
     * @param test what to test
     * @param run the run whose models are tested
     * @param progress told after each step of training
     * @return the result
     * @throws org.glip.results.ResultFileException if a file under the test's name holds another test or is damaged
     * @throws IOException if a file cannot be read or written
     * @throws CancellationException if the thread is interrupted; nothing is left half-written, and the flag stays set
     */
    public RunResult result(FurtherTest test, ScenesRun run, RunProgress progress) throws IOException {
        Path file = file(test, run);
        Map<String, String> configuration = new LinkedHashMap<>(run.configuration());
        test.settings().forEach((name, value) -> configuration.put(test.id() + " " + name, value));
        Optional<RunResult> done = ResultFile.readIfDone(file, run.settings(), run.data(), configuration);
        if (done.isPresent()) {
            return done.get();
        }
        TrainedModels models = training.train(run, progress);
        FurtherTest.Figures figures = Interruptible.run(test.id(), () -> test.measure(run, models));
        RunResult result = new RunResult(
                run.settings(), figures.metrics(), figures.hits(), run.provenance(command, configuration));
        Uninterrupted.run(() -> ResultFile.write(file, result));
        return result;
    }
}
