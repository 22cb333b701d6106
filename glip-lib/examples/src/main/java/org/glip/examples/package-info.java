/** Small programs to copy from, each whole in one file. Their order: masks, training, classification, search. */
@NullMarked
package org.glip.examples;

import org.jspecify.annotations.NullMarked;
