package org.glip.eval;

import java.util.Iterator;
import java.util.function.Consumer;
import org.glip.data.Batch;
import org.glip.engine.HostCopy;
import org.glip.model.ClipModel;
import org.glip.train.ClassifierTraining;
import org.glip.train.FineTuner;
import org.glip.train.StepReport;
import org.jspecify.annotations.Nullable;

/**
 * Fine-tuning end to end: the image tower and a linear head learn the classes from full
 * pictures; the head reads L2-normalised features and is scaled by the model's logit scale, so that class texts can be
 * its beginning.
 *
 * @param tuner how the training goes
 * @param classes the classes, at least two, and where samples tell theirs
 */
public record FineTuning(FineTuner tuner, ClassLabels classes) {
    /**
     * Fine-tunes and tests.
     *
     * @param model its image tower is changed
     * @param embedder of the same model
     * @param texts class features to begin with, as zero-shot classification has; null to begin at zero
     * @param training endless batches of labelled pictures of the model's size
     * @param test a single pass over labelled test pictures
     * @param listener told after each step
     * @return predictions of the test pictures
     * @throws IllegalArgumentException if a picture has no class, the test pictures are of one class only, or the texts
     *     are of other classes
     * @throws org.glip.train.DivergedException where the loss is no number any more
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public ClassificationResult run(
            ClipModel model,
            Embedder embedder,
            @Nullable ZeroShotClassifier texts,
            Iterator<Batch> training,
            Iterator<Batch> test,
            Consumer<StepReport> listener) {
        LinearClassifier classifier =
                classifier(tuner.run(model, head(model, texts), training, this::labels, listener));
        EmbeddedSet pictures = embedder.images(test);
        return classifier.classify(LabelledFeatures.of(pictures, classes));
    }

    private ClassifierTraining.LinearHead head(ClipModel model, @Nullable ZeroShotClassifier texts) {
        double scale = Math.exp(HostCopy.number(model.logitScale()));
        if (texts == null) {
            return ClassifierTraining.LinearHead.zero(
                    classes.names().size(), model.config().embedding(), scale);
        }
        if (!texts.classNames().equals(classes.names())) {
            throw new IllegalArgumentException(
                    "the class features are of " + texts.classNames() + ", but the classes are " + classes.names());
        }
        return new ClassifierTraining.LinearHead(
                texts.weights().values(), new float[classes.names().size()], scale);
    }

    private long[] labels(Batch batch) {
        long[] numbers = new long[batch.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = classes.number(
                    batch.metadata().get(i),
                    batch.firstSampleIndex() + i,
                    batch.keys().get(i));
        }
        return numbers;
    }

    private LinearClassifier classifier(ClassifierTraining.LinearHead head) {
        float[] weights = head.weights();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= (float) head.scale();
        }
        return new LinearClassifier(classes.names(), weights, head.biases());
    }
}
