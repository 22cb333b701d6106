package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.glip.data.Batch;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.model.ClipModel;

/**
 * Fine-tunes the image tower of a model with a linear head on labelled full pictures. The tower's weights change in
 * place.
 */
public final class FineTuner implements AutoCloseable {
    private final ClipModel model;
    private final FineTuneConfig config;
    private final NDManager manager;
    private final ParameterStore store;
    private final MaskSampler mask;
    private final ClassifierTraining training;
    private final double scale;

    /** Tells the classes of a batch's pictures. */
    @FunctionalInterface
    public interface Labels {
        /**
         * Prepares to fine-tune a model.
         *
         * @param batch pictures
         * @return a class number for each
         */
        long[] of(Batch batch);
    }

    /**
     * Prepares to fine-tune a model.
     *
     * @param model its image tower is changed
     * @param head where the classifier begins; as wide as the model's joint embedding
     * @param config settings
     */
    public FineTuner(ClipModel model, LinearHead head, FineTuneConfig config) {
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
        training = ClassifierTraining.endToEnd(manager, head, model.visual(), config.optimizer(), layers);
    }

    /**
     * Trains for all steps.
     *
     * @param batches endless batches of labelled pictures
     * @param labels tells their classes
     * @param listener told after each step
     * @return the trained head
     * @throws DivergedException where the loss is no number any more
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public LinearHead run(Iterator<Batch> batches, Labels labels, StepListener listener) {
        LearningRateSchedule schedule = config.schedule();
        SpeedMeter meter = new SpeedMeter(0);
        long samples = 0;
        for (long step = 0; step < config.steps(); step++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("fine-tuning was interrupted after " + step + " steps");
            }
            Batch batch = batches.next();
            long[] classes = labels.of(batch);
            double rate = schedule.at(step);
            double loss = training.step(features(batch), pass -> pass.create(classes), rate);
            samples += batch.size();
            double speed = meter.samplesPerSecond(samples);
            double left = (config.steps() - step - 1) * (double) batch.size() / speed;
            listener.onStep(new StepReport(step + 1, config.steps(), samples, loss, rate, scale, speed, left));
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
