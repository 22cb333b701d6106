/**
 * Result files with their provenance, and the groups of them that may be compared.
 *
 * <p>May depend on: {@code stats}, {@code eval}, {@code train}, {@code mask}, {@code files}.
 */
@NullMarked
package org.glip.results;

import org.jspecify.annotations.NullMarked;
