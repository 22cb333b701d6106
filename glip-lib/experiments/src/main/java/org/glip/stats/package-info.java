/**
 * Intervals and tests: what chance in pictures and seeds leaves of a measured difference.
 *
 * <p>May depend on: {@code eval}, {@code random}.
 */
@NullMarked
package org.glip.stats;

import org.jspecify.annotations.NullMarked;
