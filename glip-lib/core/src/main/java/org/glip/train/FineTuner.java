package org.glip.train;

import java.util.Iterator;
import java.util.function.Consumer;
import org.glip.data.Batch;
import org.glip.model.ClipModel;

/**
 * Supervised fine-tuning: the image tower of a model and a linear head learn from labelled full pictures.
 *
 * @param steps optimiser steps, at least 1
 * @param optimizer AdamW and its warm-up; the learning rate is that of the last layer
 * @param layerDecay what each lower layer's learning rate is multiplied with once more, in (0, 1]; 1 lets all learn
 *     alike
 */
public record FineTuner(long steps, OptimizerConfig optimizer, double layerDecay) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public FineTuner {
        optimizer.schedule(steps);
        new LayerwiseDecay(layerDecay, 1);
    }

    /** Tells the classes of a batch's pictures. */
    @FunctionalInterface
    public interface Labels {
        /**
         * Looks at a batch.
         *
         * @param batch pictures
         * @return a class number for each
         */
        long[] of(Batch batch);
    }

    /**
     * Trains for all steps. The tower's weights change in place.
     *
     * @param model its image tower is changed
     * @param head where the classifier begins; as wide as the model's joint embedding
     * @param batches endless batches of labelled pictures
     * @param labels tells their classes
     * @param listener told after each step, on the training thread
     * @return the trained head
     * @throws IllegalArgumentException if the head is of another width
     * @throws DivergedException where the loss is no number any more
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public ClassifierTraining.LinearHead run(
            ClipModel model,
            ClassifierTraining.LinearHead head,
            Iterator<Batch> batches,
            Labels labels,
            Consumer<StepReport> listener) {
        try (FineTuningRun run = new FineTuningRun(model, head, this)) {
            return run.run(batches, labels, listener);
        }
    }
}
