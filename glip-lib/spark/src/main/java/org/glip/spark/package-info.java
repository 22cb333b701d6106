/**
 * Parts as tasks of Apache Spark. Spark itself is on the class path wherever this runs, and no part of it.
 *
 * <p>May depend on: {@code cli}, {@code parts}, {@code engine}.
 */
@NullMarked
package org.glip.spark;

import org.jspecify.annotations.NullMarked;
