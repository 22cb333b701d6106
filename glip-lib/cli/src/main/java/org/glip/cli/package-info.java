/**
 * The command line: picocli commands and nothing else.
 *
 * <p>May depend on: {@code root}, {@code ranks}, {@code parquet}, {@code experiment}, {@code report}, {@code results},
 * {@code stats}, {@code scenes}, {@code sets}, {@code eval}, {@code train}, {@code parts}, {@code data}, {@code model},
 * {@code mask}, {@code image}, {@code text}, {@code engine}, {@code random}, {@code files}.
 */
@NullMarked
package org.glip.cli;

import org.jspecify.annotations.NullMarked;
