package org.glip.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.glip.image.PillowResizer.Scaling;

/**
 * The transform of evaluation: resize to a square in the way of the configuration, normalise. CLIP's own way is the
 * shortest side to the size (bicubic, antialiased) and a centre crop: section 4 of the paper; {@code
 * image_transform(size, is_train=False)} in open_clip's {@code transform.py}. Smaller pictures are enlarged.
 *
 * @param outputSize side of the square, in pixels, at least 1
 * @param config how
 */
record EvaluationTransform(int outputSize, PreprocessConfig config) implements ImageTransform {
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
        resize(image, config.normalization().into(target, offset, outputSize * outputSize));
    }

    /** Transforms without normalising. */
    RgbImage resizeAndCrop(RgbImage image) {
        if (image.width() == outputSize && image.height() == outputSize) {
            return image;
        }
        byte[] rgb = new byte[3 * outputSize * outputSize];
        resize(image.stored(), SampleSink.into(rgb));
        return new RgbImage(outputSize, outputSize, rgb);
    }

    private void resize(StoredImage image, SampleSink sink) {
        switch (config.resizeMode()) {
            case SHORTEST -> resizeAndCrop(image, sink);
            case LONGEST -> resizeAndPad(image, sink);
            case SQUASH ->
                PillowResizer.resize(
                        image, scaling(image, outputSize, outputSize), Box.whole(outputSize, outputSize), sink);
        }
    }

    private void resizeAndCrop(StoredImage image, SampleSink sink) {
        int width = scaled(image.width(), image.height());
        int height = scaled(image.height(), image.width());
        Box window = new Box(margin(width), margin(height), outputSize, outputSize);
        PillowResizer.resize(image, scaling(image, width, height), window, sink);
    }

    /** {@code ResizeKeepRatio} and {@code CenterCropOrPad} of open_clip; the odd column or row of bars comes last. */
    private void resizeAndPad(StoredImage image, SampleSink sink) {
        double ratio = Math.max(image.width(), image.height()) / (double) outputSize;
        int width = fitted(image.width(), ratio);
        int height = fitted(image.height(), ratio);
        fill(sink);
        Box place = new Box((outputSize - width) / 2, (outputSize - height) / 2, width, height);
        PillowResizer.resize(
                image, scaling(image, width, height), Box.whole(width, height), sink.placed(place, outputSize));
    }

    private void fill(SampleSink sink) {
        int[] row = new int[outputSize];
        for (int channel = 0; channel < 3; channel++) {
            Arrays.fill(row, config.fillColor() >> 8 * (2 - channel) & 0xFF);
            for (int y = 0; y < outputSize; y++) {
                sink.accept(channel, y * outputSize, 1, row);
            }
        }
    }

    private Scaling scaling(StoredImage image, int width, int height) {
        return new Scaling(config.interpolation(), Box.whole(image.width(), image.height()), width, height);
    }

    /**
     * The shorter side becomes the size, the longer one keeps the ratio, rounded down (torchvision's {@code Resize}).
     */
    private int scaled(int side, int otherSide) {
        return side <= otherSide ? outputSize : (int) ((double) ((long) outputSize * side) / otherSide);
    }

    /** Ties to even, as Python rounds. Where nothing would be left of a side, open_clip fails; here a line is left. */
    private static int fitted(int side, double ratio) {
        return Math.max(1, (int) Math.rint(side / ratio));
    }

    /** Half of what is over, ties to even, as Python rounds in torchvision's {@code center_crop}. */
    private int margin(int side) {
        return (int) Math.rint((side - outputSize) / 2.0);
    }

    @Override
    public String describe() {
        String filter = " (" + config.interpolation().name().toLowerCase(Locale.ROOT) + ", antialiased), ";
        String resized =
                switch (config.resizeMode()) {
                    case SHORTEST -> "shortest side to " + outputSize + filter + "centre crop, ";
                    case LONGEST ->
                        "longest side to " + outputSize + filter
                                + String.format(Locale.ROOT, "bars of colour %06x, ", config.fillColor());
                    case SQUASH -> "both sides to " + outputSize + filter;
                };
        return resized + config.normalization();
    }
}
