package org.glip.data;

import java.io.IOException;

/** A data set of pictures with captions, which can be passed over any number of times, each time in an order of its own. */
public interface SampleSource {
    /**
     * Begins a pass.
     *
     * @param epoch the number of the pass, from 0
     * @param order how to shuffle; the same order and epoch give the same sequence
     * @param skipped counts the samples that cannot be used
     * @return the samples of the pass, to be closed by the caller
     * @throws IOException if the source cannot be read
     */
    SampleStream open(long epoch, SampleOrder order, SkipLog skipped) throws IOException;

    /**
     * Counts the samples of a pass, without reading pictures. Expensive for shards, whose members it walks over.
     *
     * @return how many there are
     * @throws IOException if the source cannot be read
     */
    long countSamples() throws IOException;

    /** {@return what and where the data are, in one line, for the provenance of a run} */
    String describe();
}
