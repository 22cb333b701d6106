/**
 * The masks of the paper (centred Gaussian, random, none) and others to compare with, the grid of patches
 * they are applied to, seeded sampling and
 * keep-probability maps.
 *
 * <p>May depend on: {@code random}.
 */
@NullMarked
package org.glip.mask;

import org.jspecify.annotations.NullMarked;
