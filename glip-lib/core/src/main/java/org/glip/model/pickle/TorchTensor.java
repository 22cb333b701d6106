package org.glip.model.pickle;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import org.glip.model.weights.StoredWeights;

/**
 * A tensor as a PyTorch file describes it: a view of a storage. What the description says about the storage holds once
 * it has been built.
 *
 * @param storage the numbers that are viewed
 * @param offset the first number
 * @param shape dimensions, none negative, at most eight
 * @param strides numbers between neighbours along each dimension
 */
record TorchTensor(Storage storage, long offset, long[] shape, long[] strides) {
    static final int MOST_DIMENSIONS = 8;

    /** An entry {@code data/KEY} of the archive: {@code count} numbers. */
    record Storage(String key, StoredWeights.NumberFormat format, long count) {}

    /**
     * Checks a description. A view that would show a number twice is refused, so that no tensor is larger than the
     * file.
     *
     * @throws IOException where the view reaches outside its storage
     */
    static TorchTensor of(Storage storage, long offset, List<Long> shape, List<Long> strides) throws IOException {
        if (shape.size() != strides.size()) {
            throw new IOException("a tensor has " + shape.size() + " dimensions and " + strides.size() + " strides");
        }
        long size = 1;
        long last = 0; // the last number that is reached, counted from the first
        for (int i = 0; i < shape.size(); i++) {
            long dimension = shape.get(i);
            long stride = strides.get(i);
            // Divided rather than multiplied: the product of what a file claims may overflow.
            if (dimension < 0
                    || stride < 0
                    || (dimension > 0 && size > storage.count / dimension)
                    || (stride > 0 && dimension - 1 > storage.count / stride)) {
                throw outside(storage, offset, shape, strides);
            }
            size *= dimension;
            last += Math.max(0, dimension - 1) * stride;
        }
        if (offset < 0 || offset > storage.count || (size > 0 && last >= storage.count - offset)) {
            throw outside(storage, offset, shape, strides);
        }
        return new TorchTensor(storage, offset, array(shape), array(strides));
    }

    private static IOException outside(Storage storage, long offset, List<Long> shape, List<Long> strides) {
        return new IOException("a tensor of shape " + shape + ", strides " + strides + " and offset " + offset
                + " does not fit its storage '" + storage.key + "' of " + storage.count + " numbers");
    }

    private static long[] array(List<Long> list) {
        return list.stream().mapToLong(Long::longValue).toArray();
    }

    /** How many numbers it has. */
    long size() {
        long size = 1;
        for (long dimension : shape) {
            size *= dimension;
        }
        return size;
    }

    /** How many numbers lie from its first to its last in the storage, both included. */
    long span() {
        long last = 0;
        for (int i = 0; i < shape.length; i++) {
            last += Math.max(0, shape[i] - 1) * strides[i];
        }
        return size() == 0 ? 0 : last + 1;
    }

    /** Its numbers, row by row, from the numbers of its span. */
    float[] arrange(FloatBuffer span) {
        float[] values = new float[Math.toIntExact(size())];
        if (isRowByRow()) {
            span.get(values);
            return values;
        }
        long[] index = new long[shape.length];
        for (int i = 0; i < values.length; i++) {
            long position = 0;
            for (int d = 0; d < index.length; d++) {
                position += index[d] * strides[d];
            }
            values[i] = span.get((int) position);
            for (int d = index.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
        return values;
    }

    private boolean isRowByRow() {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1 && strides[i] != expected) {
                return false;
            }
            expected *= shape[i];
        }
        return true;
    }
}
