/**
 * Evaluation: zero-shot classification and retrieval.
 *
 * <p>May depend on: {@code model}, {@code data}, {@code mask}, {@code text}, {@code image}, {@code random}.
 */
@NullMarked
package org.glip.eval;

import org.jspecify.annotations.NullMarked;
