/**
 * Measurements of the library's parts: JMH benchmarks, and the programs that the scripts beside this module run in
 * turns with peers.
 *
 * <p>May depend on: everything. Nothing depends on it.
 */
@NullMarked
package org.glip.benchmark;

import org.jspecify.annotations.NullMarked;
