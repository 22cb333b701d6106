package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.glip.data.BatchLoader;
import org.glip.data.LoaderConfig;
import org.glip.data.StreamPosition;
import org.glip.data.WebDatasetSource;
import org.glip.engine.MatrixRoute;
import org.glip.image.EvaluationTransform;
import org.glip.image.Normalization;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.text.ClipTokenizer;
import org.glip.train.RunLog;
import org.glip.train.TrainConfig;
import org.glip.train.TrainResult;
import org.glip.train.Trainer;
import org.glip.train.TrainingListener;

/** The two stages of a run's training. All methods see the same samples in the same order. */
final class TrainingStage {
    private static final int SHUFFLE_BUFFER = 4096;

    private final ScenesRun run;
    private final RunProgress progress;
    private final ClipTokenizer tokenizer = ClipTokenizer.load();

    /** How a stage ended and, where the system tells, the processor time that it took, all threads together. */
    record Cost(TrainResult result, Optional<Double> cpuSeconds) {}

    TrainingStage(ScenesRun run, RunProgress progress) {
        this.run = run;
        this.progress = progress;
    }

    /** Trains by the method, at its picture size; each step goes into a log in {@code folder}. */
    Cost pretrain(ClipModel model, Path folder) throws IOException {
        try (RunLog log = RunLog.open(folder, 0)) {
            return train(
                    model,
                    run.plan().pretraining(run.method().mask(), run.seed()),
                    "pre-training",
                    log.and(report -> progress.onStep("pre-training", report)));
        }
    }

    /** Trains without a mask at full size. */
    Cost tune(ClipModel model) throws IOException {
        return train(model, run.plan().tuning(run.seed()), "tuning", report -> progress.onStep("tuning", report));
    }

    private Cost train(ClipModel model, TrainConfig config, String stage, TrainingListener listener)
            throws IOException {
        // A fixed route: a calibrated one may differ from run to run, and with it the last digits of every figure.
        model.use(new Execution(run.plan().precision(), MatrixRoute.LINEAR));
        LoaderConfig loading = new LoaderConfig(
                run.plan().batchSize(),
                SHUFFLE_BUFFER,
                run.plan().workers(),
                model.config().text().contextLength(),
                config.seed(),
                new EvaluationTransform(model.config().vision().imageSize(), Normalization.clip()));
        Optional<Duration> before = processorTime();
        try (BatchLoader loader = new BatchLoader(
                        new WebDatasetSource(run.scenes().train()), tokenizer, loading, StreamPosition.START);
                Trainer trainer = new Trainer(model, config, null, run.provenance(stage))) {
            TrainResult result = trainer.run(loader, listener);
            if (result.interrupted()) {
                throw new CancellationException(stage + " was interrupted after " + result.steps() + " steps");
            }
            Optional<Double> seconds =
                    before.flatMap(b -> processorTime().map(now -> now.minus(b).toMillis() / 1e3));
            return new Cost(result, seconds);
        }
    }

    private static Optional<Duration> processorTime() {
        return ProcessHandle.current().info().totalCpuDuration();
    }
}
