/**
 * Named tensors on disk: safetensors, and what all formats of weights have in common.
 *
 * <p>May depend on: {@code engine}, {@code files}.
 */
@NullMarked
package org.glip.model.weights;

import org.jspecify.annotations.NullMarked;
