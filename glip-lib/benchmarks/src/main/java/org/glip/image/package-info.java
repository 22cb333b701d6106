/** What is measured of the package of this name and is not public there. */
@NullMarked
package org.glip.image;

import org.jspecify.annotations.NullMarked;
