package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.engine.Operators;

/**
 * AdamW on a matrix of which a step uses few rows, such as the token embedding; it does what AdamW does on the whole
 * matrix, to the last bit, and visits only the rows that have been used.
 *
 * <p>A row that no step has used has moments of zero and no gradient: weight decay is all that happens to it, a
 * multiplication a step. Those are put off, and made up for in their order, when a step uses the row or the matrix is
 * to be seen ({@link #settle}). A row that was used before takes part in every step; where a step does not use it, its
 * gradient is zero. Once more than half of the rows have been used, all take part.
 */
final class RowAdamW {
    /** Keeps what is put off short, since it is made up for factor by factor. */
    private static final int MOST_PUT_OFF = 256;

    /** Rows that are made up for at once: as many as stay in the processor's cache. */
    private static final int BLOCK = 512;

    private final Operators operators;
    private final OptimizerConfig config;
    private final AdamW.Group group;
    private final NDArray matrix;
    private final NDArray first;
    private final NDArray second;
    private final NDArray steps;
    private final boolean[] used;
    private final List<Double> putOff = new ArrayList<>();
    private int[] usedRows = new int[0];

    /**
     * Begins, or goes on where the moments say.
     *
     * @param matrix (V,D), changed in place
     * @param first its first moments (V,D)
     * @param second its second moments (V,D)
     * @param steps counts steps ()
     */
    RowAdamW(
            Operators operators,
            OptimizerConfig config,
            AdamW.Group group,
            NDArray matrix,
            NDArray first,
            NDArray second,
            NDArray steps) {
        this.operators = operators;
        this.config = config;
        this.group = group;
        this.matrix = matrix;
        this.first = first;
        this.second = second;
        this.steps = steps;
        this.used = new boolean[(int) matrix.getShape().get(0)];
    }

    /** Takes the moments for what they are: a row whose moments are zero is as good as never used. */
    void resume() {
        try (NDArray some = operators.call("rows_with_numbers", false, first, second)) {
            boolean[] found = some.toBooleanArray();
            System.arraycopy(found, 0, used, 0, used.length);
        }
        usedRows = IntStream.range(0, used.length).filter(row -> used[row]).toArray();
    }

    /**
     * The rows that a step will use, up to date.
     *
     * @param rows their numbers, each once, ascending
     * @param manager owner of the result
     * @return (U,D), to be differentiated by
     */
    NDArray rows(int[] rows, NDManager manager) {
        int[] fresh = IntStream.of(rows).filter(row -> !used[row]).toArray();
        if (fresh.length > 0) {
            makeUpFor(fresh);
            for (int row : fresh) {
                used[row] = true;
            }
            usedRows = IntStream.range(0, used.length).filter(row -> used[row]).toArray();
        }
        try (NDArray numbers = numbers(manager, rows)) {
            NDArray values = operators.call("rows", true, numbers, matrix).stopGradient();
            values.attach(manager);
            values.setRequiresGradient(true);
            return values;
        }
    }

    /**
     * One step.
     *
     * @param rows those that were used, as given to {@link #rows}
     * @param gradient by their values, (U,D)
     */
    void step(double learningRate, int[] rows, NDArray gradient) {
        double rate = learningRate * group.rateFactor();
        try (NDManager pass = gradient.getManager().newSubManager()) {
            if (2 * usedRows.length > used.length) {
                settle();
                NDArray all =
                        operators.call("spread_rows", false, gradient, numbers(pass, rows), pass.create(used.length));
                update(List.of(matrix, first, second), all, rate);
                return;
            }
            NDArray numbers = numbers(pass, usedRows);
            int[] places = IntStream.of(rows)
                    .map(row -> Arrays.binarySearch(usedRows, row))
                    .toArray();
            NDArray spread =
                    operators.call("spread_rows", false, gradient, numbers(pass, places), pass.create(usedRows.length));
            NDList some = new NDList();
            for (NDArray whole : List.of(matrix, first, second)) {
                NDArray values = operators.call("rows", false, numbers, whole);
                some.add(values);
            }
            update(some, spread, rate);
            operators.putRows(List.of(matrix, first, second), numbers, some);
            if (group.weightDecay() != 0) {
                putOff.add(1 - rate * group.weightDecay());
            }
            if (putOff.size() >= MOST_PUT_OFF) {
                settle();
            }
        }
    }

    private void update(List<NDArray> weightsAndMoments, NDArray gradient, double rate) {
        Operators.AdamWGroup tensors = new Operators.AdamWGroup(
                List.of(weightsAndMoments.get(0)),
                List.of(gradient),
                List.of(weightsAndMoments.get(1)),
                List.of(weightsAndMoments.get(2)),
                List.of(steps));
        operators.adamW(tensors, rate, config.constants(), group.weightDecay());
    }

    /** Makes up for all that was put off: after it, the matrix is what AdamW on all of it would have made. */
    void settle() {
        int[] never = IntStream.range(0, used.length).filter(row -> !used[row]).toArray();
        for (int begin = 0; begin < never.length && !putOff.isEmpty(); begin += BLOCK) {
            makeUpFor(Arrays.copyOfRange(never, begin, Math.min(never.length, begin + BLOCK)));
        }
        putOff.clear();
    }

    private void makeUpFor(int[] rows) {
        if (!putOff.isEmpty()) {
            try (NDManager pass = matrix.getManager().newSubManager()) {
                NDArray numbers = numbers(pass, rows);
                NDArray values = operators.call("rows", false, numbers, matrix);
                operators.multiply(
                        values, putOff.stream().mapToDouble(Double::doubleValue).toArray());
                operators.putRows(List.of(matrix), numbers, List.of(values));
            }
        }
    }

    private static NDArray numbers(NDManager manager, int[] rows) {
        return manager.create(IntStream.of(rows).asLongStream().toArray(), new Shape(rows.length));
    }
}
