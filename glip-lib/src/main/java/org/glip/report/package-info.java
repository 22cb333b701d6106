/**
 * Result files with provenance, tables, charts and pictures of masks.
 *
 * <p>May depend on: {@code eval}, {@code train}, {@code mask}, {@code image}, {@code files}.
 */
@NullMarked
package org.glip.report;

import org.jspecify.annotations.NullMarked;
