/**
 * The studies that the report notebooks show: which runs belong to each, how to make those that are missing, and what
 * their result files say.
 *
 * <p>May depend on: {@code experiment}, {@code report}, {@code claims}, {@code results}, {@code scenes}, {@code sets},
 * {@code model}, {@code mask}, {@code engine}.
 */
@NullMarked
package org.glip.study;

import org.jspecify.annotations.NullMarked;
