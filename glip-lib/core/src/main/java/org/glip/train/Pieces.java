package org.glip.train;

import org.glip.model.ClipModel;

/**
 * Into how many pieces a batch is cut.
 *
 * @param most pieces of a large batch
 */
record Pieces(int most) {
    private static final long SMALL = 4_000_000;
    private static final int LEAST = Integer.getInteger("least", 16);

    static Pieces of(ClipModel model) {
        if (model.logitScale().getDevice().isGpu()) {
            return new Pieces(1);
        }
        long weights = model.tensors().entrySet().stream()
                .filter(tensor -> !tensor.getKey().equals(org.glip.model.TextTower.TOKEN_EMBEDDING))
                .mapToLong(tensor -> tensor.getValue().size())
                .sum();
        return new Pieces(weights > SMALL ? 1 : Integer.getInteger("pieces", 4));
    }

    /** How many samples a piece has. */
    int size(int batch) {
        int count = Math.max(1, Math.min(most, batch / LEAST));
        return (batch + count - 1) / count;
    }
}
