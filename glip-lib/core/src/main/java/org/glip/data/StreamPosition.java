package org.glip.data;

import com.google.gson.JsonObject;
import java.io.IOException;
import org.glip.files.JsonFields;

/**
 * A place in the endless stream of samples, from which a {@link BatchLoader} can go on.
 *
 * <p>Two counts are needed because one begins anew with every pass, and because in runs of earlier versions pictures
 * that do not decode took a place in the source but not in a batch.
 *
 * @param epoch the pass over the source, from 0
 * @param candidate samples of this pass that were already taken from the source, decodable or not
 * @param sample samples since the beginning of the run: the global index of the next one
 * @param skipped what was left out on the way since the beginning of the run; where several processes share the
 *     batches, what this one counted, and the counts of all add up ({@link SkipCounts#plus}) to those of the run
 */
public record StreamPosition(long epoch, long candidate, long sample, SkipCounts skipped) {
    private static final String SKIPPED = "skipped";

    /** The beginning of a run. */
    public static final StreamPosition START = new StreamPosition(0, 0, 0);

    /** Checks the ranges. */
    public StreamPosition {
        if (epoch < 0 || candidate < 0 || sample < 0) {
            throw new IllegalArgumentException("a position in the stream cannot be negative: epoch " + epoch
                    + ", candidate " + candidate + ", sample " + sample);
        }
    }

    /**
     * A place to which nothing was left out.
     *
     * @param epoch the pass over the source, from 0
     * @param candidate samples of this pass that were already taken from the source
     * @param sample samples delivered since the beginning of the run
     */
    public StreamPosition(long epoch, long candidate, long sample) {
        this(epoch, candidate, sample, SkipCounts.NONE);
    }

    /**
     * {@return the same place, with what was left out up to there}
     *
     * @param newSkipped the counts
     */
    public StreamPosition with(SkipCounts newSkipped) {
        return new StreamPosition(epoch, candidate, sample, newSkipped);
    }

    /** {@return the place as JSON, for a checkpoint; {@link #read} reads it} */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("epoch", epoch);
        json.addProperty("candidate", candidate);
        json.addProperty("sample", sample);
        json.add(SKIPPED, skipped.toJson());
        return json;
    }

    /**
     * Reads a place. In checkpoints of earlier versions nothing is said of what was left out.
     *
     * @param fields what {@link #toJson} wrote
     * @return the place
     * @throws IOException if a number is missing or no whole number
     * @throws IllegalArgumentException if a number is negative
     */
    public static StreamPosition read(JsonFields fields) throws IOException {
        SkipCounts skipped = fields.has(SKIPPED) ? SkipCounts.read(fields.object(SKIPPED)) : SkipCounts.NONE;
        return new StreamPosition(fields.whole("epoch"), fields.whole("candidate"), fields.whole("sample"), skipped);
    }
}
