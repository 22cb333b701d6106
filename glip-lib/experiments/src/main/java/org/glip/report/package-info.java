/**
 * Result files with provenance, tables, charts and pictures of masks.
 *
 * <p>May depend on: {@code claims}, {@code results}, {@code stats}, {@code eval}, {@code model}, {@code mask}, {@code
 * image}, {@code random}, {@code files}.
 */
@NullMarked
package org.glip.report;

import org.jspecify.annotations.NullMarked;
