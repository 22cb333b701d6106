package org.glip.data;

import org.glip.text.CaptionTokens;
import org.jspecify.annotations.Nullable;

/**
 * A sample that a worker has been through.
 *
 * @param epoch the pass over the source
 * @param candidate its place in this pass
 * @param sample what it was made from
 * @param content pixels and tokens, or null if the picture does not decode
 * @param fault why the picture does not decode, empty if it does
 * @param skippedBefore what the source left out since the candidate before
 */
record PreparedSample(
        long epoch,
        long candidate,
        ImageTextSample sample,
        @Nullable Content content,
        String fault,
        SkipLog.Part skippedBefore)
        implements LoaderItem {
    /**
     * What goes into a batch.
     *
     * @param pixels normalised, (3, S, S)
     * @param tokens of the caption
     */
    record Content(float[] pixels, CaptionTokens tokens) {}
}
