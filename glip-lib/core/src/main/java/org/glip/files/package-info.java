/**
 * Writing files so that a reader never sees half of one.
 *
 * <p>May depend on: nothing.
 */
@NullMarked
package org.glip.files;

import org.jspecify.annotations.NullMarked;
