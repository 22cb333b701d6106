package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.glip.engine.ProcessGroup;

/** The gradients of a tower on their way to being summed over the ranks, in one buffer. */
final class GradientSum {
    private final List<Shape> shapes;
    private final NDArray buffer;
    private final ProcessGroup.Sum sum;

    private GradientSum(List<Shape> shapes, NDArray buffer, ProcessGroup.Sum sum) {
        this.shapes = shapes;
        this.buffer = buffer;
        this.sum = sum;
    }

    /**
     * Begins.
     *
     * @param gradients this rank's; freed, since the buffer has them
     * @param owner owner of the buffer
     */
    static GradientSum start(List<NDArray> gradients, ProcessGroup ranks, NDManager owner) {
        List<Shape> shapes = gradients.stream().map(NDArray::getShape).toList();
        try (NDManager pass = owner.newSubManager()) {
            NDList flat = new NDList();
            for (NDArray gradient : gradients) {
                NDArray vector = gradient.reshape(-1);
                vector.attach(pass);
                flat.add(vector);
            }
            NDArray buffer = NDArrays.concat(flat, 0);
            buffer.attach(owner);
            gradients.forEach(NDArray::close);
            return new GradientSum(shapes, buffer, ranks.startSum(buffer));
        }
    }

    /** Waits, and returns the sums in the order and shapes of the gradients: views of the buffer. */
    List<NDArray> await() {
        sum.await();
        List<NDArray> sums = new ArrayList<>();
        long begin = 0;
        for (Shape shape : shapes) {
            long end = begin + shape.size();
            try (NDArray part = buffer.get(new NDIndex("{}:{}", begin, end))) {
                sums.add(part.reshape(shape));
            }
            begin = end;
        }
        return sums;
    }
}
