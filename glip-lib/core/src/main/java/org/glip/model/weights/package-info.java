/**
 * Named tensors on disk: safetensors, and what all formats of weights have in common.
 *
 * <p>May depend on: {@code files}.
 */
@NullMarked
package org.glip.model.weights;

import org.jspecify.annotations.NullMarked;
