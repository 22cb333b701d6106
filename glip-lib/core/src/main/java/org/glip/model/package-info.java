/**
 * The CLIP model: configuration (open_clip's JSON), image tower, text tower, the pair, and weights in open_clip's names
 * as safetensors.
 *
 * <p>May depend on: {@code model.weights}, {@code model.pickle}, {@code engine}, {@code mask}, {@code text}, {@code
 * image}, {@code random}, {@code files}.
 */
@NullMarked
package org.glip.model;

import org.jspecify.annotations.NullMarked;
