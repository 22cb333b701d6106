package org.glip.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.glip.engine.HostCopy;

/**
 * A linear classifier on L2-normalised features: the score of a class is a weighted sum plus a bias.
 *
 * @param classNames the classes in the order of their numbers
 * @param weights a row of d numbers for each class, one row after the other; not copied, so it must not change
 * @param biases a number for each class; not copied
 */
record LinearClassifier(List<String> classNames, float[] weights, float[] biases) {
    private static final int ROWS = 4096;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the sizes disagree
     */
    LinearClassifier {
        classNames = List.copyOf(classNames);
        if (biases.length != classNames.size() || weights.length == 0 || weights.length % biases.length != 0) {
            throw new IllegalArgumentException("a linear classifier of " + classNames.size() + " classes cannot have "
                    + weights.length + " weights and " + biases.length + " biases");
        }
    }

    /** {@return the length of the features that it classifies} */
    int dimension() {
        return weights.length / biases.length;
    }

    /**
     * What a classifier says about labelled pictures.
     *
     * @param result the predictions
     * @param loss mean cross-entropy of the true classes
     */
    record Verdict(ClassificationResult result, double loss) {}

    /**
     * Classifies pictures and compares with their labels.
     *
     * @param pictures of the same classes, with features of the same model
     * @return how it did
     * @throws IllegalArgumentException if classes or dimensions differ
     */
    ClassificationResult classify(LabelledFeatures pictures) {
        return judge(pictures).result();
    }

    Verdict judge(LabelledFeatures pictures) {
        Features features = pictures.features();
        if (features.dimension() != dimension()) {
            throw new IllegalArgumentException("the classifier was fitted to features of " + dimension()
                    + " dimensions, but these have " + features.dimension() + "; both must come from the same model");
        }
        if (!pictures.classNames().equals(classNames)) {
            throw new IllegalArgumentException("the classifier was fitted to the classes " + classNames
                    + ", but the pictures are of " + pictures.classNames());
        }
        Ranking[] rankings = new Ranking[features.count()];
        double loss = 0;
        try (NDManager manager = NDManager.newBaseManager()) {
            int classes = classNames.size();
            NDArray columns =
                    manager.create(weights, new Shape(classes, dimension())).transpose();
            NDArray offsets = manager.create(biases);
            for (int first = 0; first < features.count(); first += ROWS) {
                float[] scores = scores(manager, features, first, columns, offsets);
                for (int i = 0; i < scores.length / classes; i++) {
                    float[] row = Arrays.copyOfRange(scores, i * classes, (i + 1) * classes);
                    int label = pictures.labels()[first + i];
                    rankings[first + i] = Ranking.of(row, classes, label);
                    loss += crossEntropy(row, label);
                }
            }
        }
        return new Verdict(Ranking.result(classNames, pictures.labels(), rankings), loss / features.count());
    }

    private float[] scores(NDManager manager, Features features, int first, NDArray columns, NDArray offsets) {
        int count = Math.min(ROWS, features.count() - first);
        try (NDManager part = manager.newSubManager()) {
            NDArray x = part.create(
                    FloatBuffer.wrap(features.values(), first * dimension(), count * dimension())
                            .slice(),
                    new Shape(count, dimension()));
            return HostCopy.floats(x.matMul(columns).addi(offsets));
        }
    }

    private static double crossEntropy(float[] scores, int label) {
        double largest = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - largest);
        }
        return largest + Math.log(sum) - scores[label];
    }
}
