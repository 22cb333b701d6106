/**
 * Evaluation: zero-shot classification, retrieval, the linear probe, fine-tuning, and the statistics of their results.
 *
 * <p>May depend on: {@code train}, {@code parts}, {@code model}, {@code model.weights}, {@code data}, {@code mask},
 * {@code text}, {@code image}, {@code engine}, {@code random}, {@code files}.
 */
@NullMarked
package org.glip.eval;

import org.jspecify.annotations.NullMarked;
