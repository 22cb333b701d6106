package org.glip.image;

import java.util.SplittableRandom;

/**
 * The transform of evaluation: shortest side to the size (bicubic, antialiased), centre crop, normalise. Section 4 of
 * the paper; {@code image_transform(size, is_train=False)} in open_clip's {@code transform.py}. Smaller pictures are
 * enlarged.
 *
 * @param outputSize side of the square, in pixels, at least 1
 * @param normalization from bytes to floats
 */
record EvaluationTransform(int outputSize, Normalization normalization) implements ImageTransform {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public EvaluationTransform {
        TransformChecks.requireSize(outputSize);
    }

    @Override
    public void apply(StoredImage image, SplittableRandom random, float[] target, int offset) {
        TransformChecks.requireRoom(outputSize, target, offset);
        resizeAndCrop(image, normalization.into(target, offset, outputSize * outputSize));
    }

    /** Transforms without normalising. */
    RgbImage resizeAndCrop(RgbImage image) {
        if (image.width() == outputSize && image.height() == outputSize) {
            return image;
        }
        byte[] rgb = new byte[3 * outputSize * outputSize];
        resizeAndCrop(image.stored(), SampleSink.into(rgb));
        return new RgbImage(outputSize, outputSize, rgb);
    }

    private void resizeAndCrop(StoredImage image, SampleSink sink) {
        int width = scaled(image.width(), image.height());
        int height = scaled(image.height(), image.width());
        Box window = new Box(margin(width), margin(height), outputSize, outputSize);
        BicubicResizer.resize(image, Box.whole(image.width(), image.height()), width, height, window, sink);
    }

    /**
     * The shorter side becomes the size, the longer one keeps the ratio, rounded down (torchvision's {@code Resize}).
     */
    private int scaled(int side, int otherSide) {
        return side <= otherSide ? outputSize : (int) ((double) ((long) outputSize * side) / otherSide);
    }

    /** Half of what is over, ties to even, as Python rounds in torchvision's {@code center_crop}. */
    private int margin(int side) {
        return (int) Math.rint((side - outputSize) / 2.0);
    }

    @Override
    public String describe() {
        return "shortest side to " + outputSize + " (bicubic, antialiased), centre crop, " + normalization;
    }
}
