/**
 * Pictures as plain arrays: decoding, bicubic resizing, cropping, normalising.
 *
 * <p>May depend on: {@code random}.
 */
@NullMarked
package org.glip.image;

import org.jspecify.annotations.NullMarked;
