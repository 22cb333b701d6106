package org.glip.data;

/**
 * Some samples of a source, one after the other as they are stored: a part of a single epoch.
 *
 * @param first the place of the first, from 0
 * @param end the place after the last
 */
public record SampleRange(long first, long end) {
    /** All samples of a source, however many there are. */
    static final SampleRange ALL = new SampleRange(0, Long.MAX_VALUE);

    /** Checks the order. */
    public SampleRange {
        if (first < 0 || end < first) {
            throw new IllegalArgumentException("there is no range of samples from " + first + " to " + end);
        }
    }

    /**
     * {@return how many batches the samples are}
     *
     * @param size samples of a batch
     */
    public long batches(int size) {
        return (end - first + size - 1) / size;
    }

    /** {@return whether there is none} */
    public boolean isEmpty() {
        return first == end;
    }
}
