/**
 * Scenes: a small image-text data set, made from openly licensed emoji drawings pasted onto landscape photographs.
 * Where the object lies is a knob of the data set, so that one can measure when centred masking helps and when it
 * hurts.
 *
 * <p>{@link org.glip.scenes.Scenes#open} is the way in. Preparation has two steps, each done once and kept:
 * {@link org.glip.scenes.ForegroundPreparation} turns the fetched packages into a library of drawings with alpha, one
 * webdataset shard a drawing style; {@link org.glip.scenes.ScenesPreparation} composes the pictures of a preset into
 * shards that the ordinary loader reads.
 *
 * <p>May depend on: {@code data}, {@code image}, {@code random}, {@code files}.
 */
@NullMarked
package org.glip.scenes;

import org.jspecify.annotations.NullMarked;
