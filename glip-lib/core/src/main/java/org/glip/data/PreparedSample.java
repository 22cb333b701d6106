package org.glip.data;

import com.google.gson.JsonObject;
import org.glip.text.CaptionTokens;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that a worker has been through, or that is left to another process.
 *
 * @param candidate what it was made from
 * @param content pixels and tokens, or null if the sample cannot be used or nobody has tried
 * @param fault why it cannot be used, or null if it can or nobody has tried
 * @param skippedBefore what the source left out since the candidate before
 */
record PreparedSample(
        Candidate candidate, @Nullable Content content, SkipLog.@Nullable Part fault, SkipLog.Part skippedBefore)
        implements LoaderItem {
    /** A candidate in a row of another process. */
    static PreparedSample leftToOthers(Candidate candidate, SkipLog.Part skippedBefore) {
        return new PreparedSample(candidate, null, null, skippedBefore);
    }

    /**
     * What goes into a batch.
     *
     * @param pixels normalised, (3, S, S)
     * @param tokens of the caption
     * @param key the name of the sample
     * @param caption its text
     * @param metadata what the source says besides
     */
    record Content(float[] pixels, CaptionTokens tokens, String key, String caption, JsonObject metadata) {}
}
