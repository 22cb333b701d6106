/**
 * Evaluation: zero-shot classification, retrieval, the linear probe, fine-tuning, and the statistics of their results.
 *
 * <p>May depend on: {@code train}, {@code model}, {@code model.weights}, {@code engine}, {@code data}, {@code mask},
 * {@code text}, {@code image}, {@code random}, {@code files}.
 */
@NullMarked
package org.glip.eval;

import org.jspecify.annotations.NullMarked;
