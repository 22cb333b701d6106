/**
 * Files that TensorBoard reads: scalars by name and step. Of its formats no more is here than a training needs, since
 * the only library for Java that has them brings all of TensorFlow.
 *
 * <p>May depend on: {@code files}.
 */
@NullMarked
package org.glip.tensorboard;

import org.jspecify.annotations.NullMarked;
