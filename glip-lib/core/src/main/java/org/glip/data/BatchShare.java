package org.glip.data;

/**
 * Which rows of each global batch a process takes: those of several processes that train one model side by side. Every
 * process reads the same stream, and part p of P gets the rows {@code p * N / P} to {@code (p + 1) * N / P} of each
 * batch of N.
 *
 * @param part the number of this part, from 0
 * @param parts how many parts a batch has, at least 1; they divide it
 */
public record BatchShare(int part, int parts) {
    private static final BatchShare WHOLE = new BatchShare(0, 1);

    /** Checks the ranges. */
    public BatchShare {
        if (parts < 1) {
            throw new IllegalArgumentException("a batch has at least 1 part, not " + parts);
        }
        if (part < 0 || part >= parts) {
            throw new IllegalArgumentException(
                    "the parts of a batch are numbered from 0 to " + (parts - 1) + "; there is no part " + part);
        }
    }

    /** {@return all rows, for a process that trains alone} */
    public static BatchShare whole() {
        return WHOLE;
    }

    /** {@return whether these are all rows} */
    public boolean isWhole() {
        return parts == 1;
    }

    /**
     * Requires that the parts are equal.
     *
     * @param batchSize rows of a global batch
     * @throws IllegalArgumentException if the parts do not divide it
     */
    public void requireDivides(int batchSize) {
        if (batchSize % parts != 0) {
            throw new IllegalArgumentException("a batch of " + batchSize + " cannot be shared among " + parts
                    + " processes: " + parts + " does not divide it");
        }
    }

    /**
     * {@return how many rows of a global batch these are}
     *
     * @param batchSize rows of a global batch
     */
    public int rows(int batchSize) {
        return batchSize / parts;
    }

    /**
     * {@return the first of these rows in a global batch}
     *
     * @param batchSize rows of a global batch
     */
    public int firstRow(int batchSize) {
        return part * rows(batchSize);
    }

    /** Whether a row of a global batch is one of these. */
    boolean has(long row, int batchSize) {
        return row / rows(batchSize) == part;
    }
}
