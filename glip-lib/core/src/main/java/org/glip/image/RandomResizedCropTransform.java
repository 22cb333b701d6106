package org.glip.image;

import java.util.SplittableRandom;

/**
 * The augmentation of training: a random part of the picture, resized to a square (bicubic, antialiased), normalised.
 * Section 4 of the paper, which draws scales from (0.5, 1); {@code RandomResizedCrop} in torchvision, which open_clip
 * uses with scales from (0.9, 1).
 *
 * @param outputSize side of the square, in pixels, at least 1
 * @param minScale the smallest part of the picture's area, above 0
 * @param maxScale the largest part, at most 1
 * @param normalization from bytes to floats
 */
record RandomResizedCropTransform(int outputSize, double minScale, double maxScale, Normalization normalization)
        implements ImageTransform {
    private static final double MIN_RATIO = 3.0 / 4;
    private static final double MAX_RATIO = 4.0 / 3;
    private static final int TRIES = 10;
    private static final double PAPER_SMALLEST = 0.5;

    /**
     * {@return the augmentation of the paper's recipe: half to all of the picture}
     *
     * @param outputSize side of the square, in pixels, at least 1
     * @param normalization from bytes to floats
     */
    static RandomResizedCropTransform paper(int outputSize, Normalization normalization) {
        return new RandomResizedCropTransform(outputSize, PAPER_SMALLEST, 1, normalization);
    }

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the size is below 1 or the scales are not {@code 0 < min <= max <= 1}
     */
    public RandomResizedCropTransform {
        TransformChecks.requireSize(outputSize);
        if (!(0 < minScale && minScale <= maxScale && maxScale <= 1)) {
            throw new IllegalArgumentException("crop scales from " + minScale + " to " + maxScale
                    + ": they must be above 0, at most 1 and in this order");
        }
    }

    @Override
    public void apply(StoredImage image, SplittableRandom random, float[] target, int offset) {
        TransformChecks.requireRoom(outputSize, target, offset);
        Box crop = drawCrop(image.width(), image.height(), random);
        SampleSink sink = normalization.into(target, offset, outputSize * outputSize);
        PillowResizer.resize(
                image,
                new PillowResizer.Scaling(Interpolation.BICUBIC, crop, outputSize, outputSize),
                Box.whole(outputSize, outputSize),
                sink);
    }

    /**
     * Draws the part of a picture to keep: area uniform between the scales, ratio of width to height log-uniform
     * between 3:4 and 4:3, place uniform. After ten draws that do not fit inside, the largest central crop of an
     * allowed ratio is taken.
     *
     * @param width columns of the picture, at least 1
     * @param height rows of the picture, at least 1
     * @param random where the numbers come from
     * @return a box inside the picture
     */
    Box drawCrop(int width, int height, SplittableRandom random) {
        double area = (double) width * height;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double cropArea = area * uniform(random, minScale, maxScale);
            double ratio = Math.exp(uniform(random, Math.log(MIN_RATIO), Math.log(MAX_RATIO)));
            int cropWidth = (int) Math.rint(Math.sqrt(cropArea * ratio));
            int cropHeight = (int) Math.rint(Math.sqrt(cropArea / ratio));
            if (0 < cropWidth && cropWidth <= width && 0 < cropHeight && cropHeight <= height) {
                int top = random.nextInt(height - cropHeight + 1);
                int left = random.nextInt(width - cropWidth + 1);
                return new Box(left, top, cropWidth, cropHeight);
            }
        }
        return centralCrop(width, height);
    }

    private static double uniform(SplittableRandom random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    private static Box centralCrop(int width, int height) {
        double ratio = (double) width / height;
        int cropWidth = ratio > MAX_RATIO ? (int) Math.rint(height * MAX_RATIO) : width;
        int cropHeight = ratio < MIN_RATIO ? (int) Math.rint(width / MIN_RATIO) : height;
        return new Box((width - cropWidth) / 2, (height - cropHeight) / 2, cropWidth, cropHeight);
    }

    @Override
    public String describe() {
        return "random crop of " + minScale + " to " + maxScale + " of the area at ratios 3:4 to 4:3, resized to "
                + outputSize + " (bicubic, antialiased), " + normalization;
    }
}
