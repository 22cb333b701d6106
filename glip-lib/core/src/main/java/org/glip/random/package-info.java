/**
 * Keyed random streams: every random number is a function of (run seed, purpose, step, global sample index).
 *
 * <p>May depend on: nothing.
 */
@NullMarked
package org.glip.random;

import org.jspecify.annotations.NullMarked;
