/**
 * The command line: picocli commands and nothing else.
 *
 * <p>May depend on: every package of the library.
 */
@NullMarked
package org.glip.cli;

import org.jspecify.annotations.NullMarked;
