package org.glip.data;

import java.io.Closeable;
import java.util.Iterator;

/**
 * One pass over a source, in order. Samples that cannot be used are already left out, counted in a {@link SkipLog}.
 *
 * <p>{@code hasNext} and {@code next} throw {@link java.io.UncheckedIOException} where the source itself is broken (a shard
 * that ends too early, say); its message is complete and its cause is the {@link java.io.IOException}. A stream is used by
 * one thread.
 */
public interface SampleStream extends Iterator<ImageTextSample>, Closeable {}
