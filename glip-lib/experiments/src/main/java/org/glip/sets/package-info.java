/**
 * The evaluation sets of the field, as they lie on disks: class names and prompt templates by CLIP_benchmark's names,
 * ImageNet and its robustness sets, COCO and Flickr30k in Karpathy's splits, and CLIP_benchmark's webdataset folders.
 *
 * <p>May depend on: {@code data}, {@code text}, {@code files}.
 */
@NullMarked
package org.glip.sets;

import org.jspecify.annotations.NullMarked;
