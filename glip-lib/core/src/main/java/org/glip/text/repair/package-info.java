/**
 * Repair of captions as open_clip does it (ftfy and the HTML character references): other people's damage undone before
 * the tokenizer reads.
 *
 * <p>May depend on: {@code files}.
 */
@NullMarked
package org.glip.text.repair;

import org.jspecify.annotations.NullMarked;
