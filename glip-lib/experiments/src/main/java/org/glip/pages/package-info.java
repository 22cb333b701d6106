/**
 * The pages of this repository that are drawn from its result files: {@code docs/results.md} and the table in
 * {@code README.md}.
 *
 * <p>May depend on: {@code report}, {@code claims}, {@code results}, {@code model}, {@code files}.
 */
@NullMarked
package org.glip.pages;

import org.jspecify.annotations.NullMarked;
