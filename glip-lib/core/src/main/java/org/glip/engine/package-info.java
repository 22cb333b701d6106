/**
 * The only place that touches the tensor engine's internals: the TorchScript source, fused operators, matrix-product
 * route, precision and backward.
 *
 * <p>May depend on: {@code files}.
 */
@NullMarked
package org.glip.engine;

import org.jspecify.annotations.NullMarked;
