/**
 * Parts of a piece of work: which of many is whose, what a part leaves in its file, and how the files of all become
 * one.
 *
 * <p>May depend on: {@code model.weights}, {@code data}, {@code files}.
 */
@NullMarked
package org.glip.parts;

import org.jspecify.annotations.NullMarked;
