/**
 * PyTorch's own archives, read by an interpreter that can build tensors and nothing else.
 *
 * <p>May depend on: {@code model.weights}, {@code files}.
 */
@NullMarked
package org.glip.model.pickle;

import org.jspecify.annotations.NullMarked;
