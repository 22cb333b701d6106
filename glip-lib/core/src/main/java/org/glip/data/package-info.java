/**
 * Image-text data: sources (webdataset shards, CSV and TSV files, folders, lists), shuffling, parallel decoding,
 * batching, and the position in the stream from which a run goes on.
 *
 * <p>May depend on: {@code text}, {@code image}, {@code random}, {@code files}.
 */
@NullMarked
package org.glip.data;

import org.jspecify.annotations.NullMarked;
