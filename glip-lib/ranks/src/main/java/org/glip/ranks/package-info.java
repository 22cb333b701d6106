/**
 * How several processes that train one model are started and find each other: a launcher's variables, the meeting, and
 * the native library that opens a group in the engine. What they then do together is a {@link
 * org.glip.engine.ProcessGroup}.
 *
 * <p>May depend on: {@code engine}.
 */
@NullMarked
package org.glip.ranks;

import org.jspecify.annotations.NullMarked;
