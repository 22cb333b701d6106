/**
 * Contrastive training: loss and step, optimiser, schedule, loop, checkpoints.
 *
 * <p>May depend on: {@code model}, {@code model.weights}, {@code data}, {@code mask}, {@code text},
 * {@code engine}, {@code random}, {@code tensorboard}, {@code files}.
 */
@NullMarked
package org.glip.train;

import org.jspecify.annotations.NullMarked;
