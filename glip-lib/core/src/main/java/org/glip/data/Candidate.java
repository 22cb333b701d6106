package org.glip.data;

/**
 * A sample at its place in the stream. Whether it can be used is not known yet.
 *
 * @param epoch the pass over the source
 * @param place its place in this pass, from 0
 * @param sample still encoded
 */
record Candidate(long epoch, long place, ImageTextSample sample) {}
