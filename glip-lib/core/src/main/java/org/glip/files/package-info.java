/**
 * Files of every kind: written so that a reader never sees half of one, JSON read in one strict way, tables that lie in
 * the jar.
 *
 * <p>May depend on: nothing.
 */
@NullMarked
package org.glip.files;

import org.jspecify.annotations.NullMarked;
