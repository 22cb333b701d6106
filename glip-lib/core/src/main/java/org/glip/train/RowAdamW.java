package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.engine.HostCopy;
import org.glip.engine.Operators;
import org.glip.engine.Upload;
import org.jspecify.annotations.Nullable;

/**
 * AdamW on a matrix of which a step uses few rows, such as the token embedding; it does what AdamW does on the whole
 * matrix, to the last bit, and visits only the rows that have been used.
 *
 * <p>A row that no step has used has moments of zero and no gradient: weight decay is all that happens to it, a
 * multiplication a step. Those are put off, and made up for in their order, when a step uses the row or the matrix is
 * to be seen ({@link #settle}). A row that was used before takes part in every step; where a step does not use it, its
 * gradient is zero. Once more than half of the rows have been used, all take part. On a GPU all take part always: there
 * the whole matrix takes less time than to tell which rows are meant.
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
    private final boolean always;
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
     * @param always whether all rows take part from the first step on
     */
    RowAdamW(
            Operators operators,
            OptimizerConfig config,
            AdamW.Group group,
            NDArray matrix,
            NDArray first,
            NDArray second,
            NDArray steps,
            boolean always) {
        this.operators = operators;
        this.config = config;
        this.group = group;
        this.matrix = matrix;
        this.first = first;
        this.second = second;
        this.steps = steps;
        this.used = new boolean[(int) matrix.getShape().get(0)];
        this.always = always;
        if (always) {
            Arrays.fill(used, true);
            usedRows = IntStream.range(0, used.length).toArray();
        }
    }

    /** Takes the moments for what they are: a row whose moments are zero is as good as never used. */
    void resume() {
        if (always) {
            return;
        }
        try (NDArray some = operators.call("rows_with_numbers", false, first, second)) {
            boolean[] found = HostCopy.booleans(some);
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
        step(learningRate, rows, gradient, null);
    }

    /** @param unsound null, or where it is 1 () nothing is changed, if all rows take part always */
    void step(double learningRate, int[] rows, NDArray gradient, @Nullable NDArray unsound) {
        double rate = learningRate * group.rateFactor();
        try (NDManager pass = gradient.getManager().newSubManager()) {
            if (2 * usedRows.length > used.length) {
                settle();
                update(List.of(matrix, first, second), spread(pass, gradient, rows, used.length), rate, unsound);
                return;
            }
            NDArray numbers = numbers(pass, usedRows);
            int[] places = IntStream.of(rows)
                    .map(row -> Arrays.binarySearch(usedRows, row))
                    .toArray();
            NDArray spread = spread(pass, gradient, places, usedRows.length);
            NDList some = new NDList();
            for (NDArray whole : List.of(matrix, first, second)) {
                NDArray values = operators.call("rows", false, numbers, whole);
                some.add(values);
            }
            update(some, spread, rate, unsound);
            operators.putRows(List.of(matrix, first, second), numbers, some);
            if (group.weightDecay() != 0) {
                putOff.add(1 - rate * group.weightDecay());
            }
            if (putOff.size() >= MOST_PUT_OFF) {
                settle();
            }
        }
    }

    /** Rows at places of a matrix of {@code count} rows, zero elsewhere. */
    private NDArray spread(NDManager pass, NDArray rows, int[] places, int count) {
        return operators.call(
                "spread_rows", false, rows, numbers(pass, places), Upload.onHost(pass, new Shape(), count));
    }

    private void update(List<NDArray> weightsAndMoments, NDArray gradient, double rate, @Nullable NDArray unsound) {
        Operators.AdamWGroup tensors = new Operators.AdamWGroup(
                List.of(weightsAndMoments.get(0)),
                List.of(gradient),
                List.of(weightsAndMoments.get(1)),
                List.of(weightsAndMoments.get(2)),
                List.of(steps));
        operators.adamW(tensors, rate, config.constants(), group.weightDecay(), unsound);
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

    private NDArray numbers(NDManager manager, int[] rows) {
        return operators.longs(
                manager,
                new Shape(rows.length),
                IntStream.of(rows).asLongStream().toArray());
    }
}
