/**
 * Result files with provenance, tables, charts and pictures of masks.
 *
 * <p>May depend on: {@code eval}, {@code train}, {@code mask}, {@code image}.
 */
@NullMarked
package org.glip.report;

import org.jspecify.annotations.NullMarked;
