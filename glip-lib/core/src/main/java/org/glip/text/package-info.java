/**
 * CLIP's byte-pair tokenizer and the prompt templates of zero-shot classification.
 *
 * <p>May depend on: nothing.
 */
@NullMarked
package org.glip.text;

import org.jspecify.annotations.NullMarked;
