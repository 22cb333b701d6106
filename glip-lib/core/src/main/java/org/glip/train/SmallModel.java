package org.glip.train;

import java.util.List;
import org.glip.model.ClipModel;
import org.glip.model.TextTower;

/**
 * Which models train in pieces.
 *
 * <p>The operators of a small model take microseconds. Threads that share each of them mostly wait for one another, and
 * autograd takes as long to book what it does as to do it. So its batches are cut into pieces, which {@link
 * org.glip.engine.Lanes} compute side by side, by derivatives by hand ({@link org.glip.engine.Derivatives}). The pieces
 * depend on the batch's size alone, so the number of threads changes no result.
 */
final class SmallModel {
    /** Of a larger model, the gradients of several pieces would take more memory than they save time. */
    private static final long MOST_WEIGHTS = 4_000_000;

    private static final int MOST_PIECES = 2;

    /** A smaller piece's operators cost more to call than to do. */
    private static final int LEAST_IN_PIECE = 16;

    private SmallModel() {}

    /** Whether a model is small, the token embedding not counted; it must be on a CPU, too. */
    static boolean is(ClipModel model) {
        long weights = model.tensors().entrySet().stream()
                .filter(tensor -> !tensor.getKey().equals(TextTower.TOKEN_EMBEDDING))
                .mapToLong(tensor -> tensor.getValue().size())
                .sum();
        return weights <= MOST_WEIGHTS && !model.logitScale().getDevice().isGpu();
    }

    /** The pieces of a batch, alike in size. */
    static List<TowerPass.Part> pieces(int batch) {
        int count = Math.max(1, Math.min(MOST_PIECES, batch / LEAST_IN_PIECE));
        return TowerPass.Part.of(batch, (batch + count - 1) / count);
    }
}
