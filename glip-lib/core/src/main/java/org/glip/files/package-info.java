/**
 * Files of every kind: written so that a reader never sees half of one, texts opened in one way, JSON read in one
 * strict way, tables that lie in the jar.
 *
 * <p>May depend on: nothing.
 */
@NullMarked
package org.glip.files;

import org.jspecify.annotations.NullMarked;
