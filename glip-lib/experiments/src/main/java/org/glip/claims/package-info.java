/**
 * The claims of the paper, its published figures, and the verdicts of our result files on them.
 *
 * <p>May depend on: {@code results}, {@code stats}, {@code eval}, {@code mask}, {@code files}.
 */
@NullMarked
package org.glip.claims;

import org.jspecify.annotations.NullMarked;
