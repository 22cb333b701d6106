/**
 * CLIP's byte-pair tokenizer and the prompt templates of zero-shot classification.
 *
 * <p>May depend on: {@code text.repair}, {@code files}.
 */
@NullMarked
package org.glip.text;

import org.jspecify.annotations.NullMarked;
