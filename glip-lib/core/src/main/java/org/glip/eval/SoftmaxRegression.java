package org.glip.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of multinomial logistic regression: mean cross-entropy plus {@code |W|^2 / (2 C n)}, the bias unregularised,
 * as scikit-learn's {@code LogisticRegression} minimises it.
 *
 * <p>Arguments: weights (K,d) row by row, then biases (K). Pictures stay on the device in float32; they are taken a
 * chunk at a time into float64, in which everything is computed, so that the (n,K) logits never exist as a whole and
 * rounding does not stop the search early. The products are the engine's, on as many threads as it has.
 */
final class SoftmaxRegression implements LimitedMemoryBfgs.Objective, AutoCloseable {
    private static final int ROWS = 4096;

    private final NDManager manager;
    private final List<Chunk> chunks = new ArrayList<>();
    private final int rows;
    private final int classes;
    private final int dimension;
    private final double c;

    /** Some rows (n,d), and their labels (n,1) int64. */
    private record Chunk(NDArray features, NDArray labels) {}

    /**
     * @param parent the device, and the owner of what is made
     * @param data what to learn
     * @param c inverse strength of the regularisation, positive
     */
    SoftmaxRegression(NDManager parent, LabelledFeatures data, double c) {
        if (!(c > 0) || Double.isInfinite(c)) {
            throw new IllegalArgumentException("the inverse regularisation C must be positive, not " + c);
        }
        this.manager = parent.newSubManager();
        this.c = c;
        rows = data.features().count();
        classes = data.classNames().size();
        dimension = data.features().dimension();
        for (int first = 0; first < rows; first += ROWS) {
            int count = Math.min(ROWS, rows - first);
            long[] labels = new long[count];
            for (int i = 0; i < count; i++) {
                labels[i] = data.labels()[first + i];
            }
            chunks.add(new Chunk(
                    chunk(manager, data.features(), first, count), manager.create(labels, new Shape(count, 1))));
        }
    }

    private static NDArray chunk(NDManager manager, Features features, int first, int count) {
        int width = features.dimension();
        return manager.create(
                FloatBuffer.wrap(features.values(), first * width, count * width)
                        .slice(),
                new Shape(count, width));
    }

    /** The number of arguments. */
    int dimension() {
        return classes * (dimension + 1);
    }

    @Override
    public double evaluate(double[] point, double[] gradient) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray all = pass.create(point);
            NDArray weights = all.get("0:" + classes * dimension).reshape(classes, dimension);
            NDArray biases = all.get(classes * dimension + ":");
            NDArray weightGradient = pass.zeros(new Shape(classes, dimension), DataType.FLOAT64);
            NDArray biasGradient = pass.zeros(new Shape(classes), DataType.FLOAT64);
            double loss = 0;
            for (Chunk chunk : chunks) {
                try (NDManager part = pass.newSubManager()) {
                    loss += add(part, chunk, weights, biases, weightGradient, biasGradient);
                }
            }
            double[] ofWeights = weightGradient.toDoubleArray();
            double[] ofBiases = biasGradient.toDoubleArray();
            double squares = 0;
            for (int i = 0; i < ofWeights.length; i++) {
                squares += point[i] * point[i];
                gradient[i] = (ofWeights[i] + point[i] / c) / rows;
            }
            for (int k = 0; k < classes; k++) {
                gradient[ofWeights.length + k] = ofBiases[k] / rows;
            }
            return (loss + squares / (2 * c)) / rows;
        }
    }

    /** Adds a chunk's gradients; returns the sum of its cross-entropies. */
    private double add(
            NDManager part, Chunk chunk, NDArray weights, NDArray biases, NDArray ofWeights, NDArray ofBiases) {
        NDArray x = chunk.features.toType(DataType.FLOAT64, true);
        x.attach(part);
        NDArray logShares = x.matMul(weights.transpose()).addi(biases).logSoftmax(1); // (n,K)
        double loss = -logShares.gather(chunk.labels, 1).sum().getDouble();
        NDArray oneHot = chunk.labels.squeeze(1).oneHot(classes, DataType.FLOAT64);
        oneHot.attach(part);
        NDArray error = logShares.exp().subi(oneHot); // (n,K)
        ofWeights.addi(error.transpose().matMul(x));
        ofBiases.addi(error.sum(new int[] {0}));
        return loss;
    }

    @Override
    public void close() {
        manager.close();
    }
}
