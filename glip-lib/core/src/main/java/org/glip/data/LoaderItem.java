package org.glip.data;

/** What comes out of the pipeline, in the order of the stream: candidates, and the ends of passes. */
sealed interface LoaderItem permits PreparedSample, LoaderItem.PassEnd {
    /** What the source left out between the item before and this one. */
    SkipLog.Part skippedBefore();

    /**
     * A pass over the source is over.
     *
     * @param epoch which
     * @param skippedBefore what the source left out since the last candidate
     */
    record PassEnd(long epoch, SkipLog.Part skippedBefore) implements LoaderItem {}
}
