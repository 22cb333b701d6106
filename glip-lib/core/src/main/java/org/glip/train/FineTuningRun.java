package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.glip.data.Batch;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.model.ClipModel;

/** A model in fine-tuning, as {@link FineTuner} describes it. */
final class FineTuningRun implements AutoCloseable {
    private final ClipModel model;
    private final FineTuner config;
    private final NDManager manager;
    private final ParameterStore store;
    private final MaskSampler mask;
    private final ClassifierTraining training;
    private final double scale;

    FineTuningRun(ClipModel model, ClassifierTraining.LinearHead head, FineTuner config) {
        if (head.dimension() != model.config().embedding()) {
            throw new IllegalArgumentException("the head is for features of " + head.dimension()
                    + " dimensions, but the model's have " + model.config().embedding());
        }
        this.model = model;
        this.config = config;
        this.scale = head.scale();
        manager = model.logitScale().getManager().newSubManager();
        store = new ParameterStore(manager, false);
        mask = Mask.none().on(model.config().vision().grid());
        LayerwiseDecay layers =
                new LayerwiseDecay(config.layerDecay(), model.config().vision().layers());
        training =
                ClassifierTraining.endToEnd(manager, head, model.visual(), config.optimizer(), config.steps(), layers);
    }

    /** Trains for all steps. */
    ClassifierTraining.LinearHead run(Iterator<Batch> batches, FineTuner.Labels labels, Consumer<StepReport> listener) {
        StageClock clock = StageClock.ofSteps(config.steps());
        clock.begin(0, 0);
        long samples = 0;
        for (long step = 0; step < config.steps(); step++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("fine-tuning was interrupted after " + step + " steps");
            }
            Batch batch = clock.awaiting(batches::next);
            long[] classes = labels.of(batch);
            double rate = training.learningRate();
            double loss = training.step(features(batch), pass -> pass.create(classes));
            samples += batch.size();
            clock.stepDone(samples);
            listener.accept(new StepReport(
                    step + 1,
                    config.steps(),
                    samples,
                    loss,
                    rate,
                    scale,
                    Double.NaN,
                    clock.samplesPerSecond(),
                    clock.dataWait(),
                    batch.end().skipped().total(),
                    clock.secondsLeft(),
                    Optional.empty()));
        }
        return training.head();
    }

    private Function<NDManager, NDArray> features(Batch batch) {
        return pass -> {
            NDList pictures = model.visual().inputs(pass, batch.pixels(), mask, 0, 0, 0);
            return model.visual().forward(store, pictures, true).singletonOrThrow();
        };
    }

    /** Frees head and optimiser; the model stays. */
    @Override
    public void close() {
        training.close();
        manager.close();
    }
}
