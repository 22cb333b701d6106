package org.glip.data;

/**
 * A place in the endless stream of samples, from which a {@link BatchLoader} can go on.
 *
 * <p>Two counts are needed because pictures that do not decode take a place in the source but not in a batch.
 *
 * @param epoch the pass over the source, from 0
 * @param candidate samples of this pass that were already taken from the source, decodable or not
 * @param sample samples delivered since the beginning of the run: the global index of the next one
 */
public record StreamPosition(long epoch, long candidate, long sample) {
    /** The beginning of a run. */
    public static final StreamPosition START = new StreamPosition(0, 0, 0);

    /** Checks the ranges. */
    public StreamPosition {
        if (epoch < 0 || candidate < 0 || sample < 0) {
            throw new IllegalArgumentException("a position in the stream cannot be negative: epoch " + epoch
                    + ", candidate " + candidate + ", sample " + sample);
        }
    }
}
