/**
 * The pages of this repository that are generated: {@code docs/results.md} and the table in {@code README.md}, drawn
 * from its result files, and {@code docs/mask-panel.html}.
 *
 * <p>May depend on: {@code study}, {@code report}, {@code claims}, {@code results}, {@code model}, {@code mask},
 * {@code image}, {@code files}.
 */
@NullMarked
package org.glip.pages;

import org.jspecify.annotations.NullMarked;
