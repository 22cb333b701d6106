package org.glip.image;

import java.util.Arrays;

/**
 * From 8-bit pixels to the network's input: {@code (value / 255 - mean) / std} for each channel, in single precision
 * and in the order of torchvision's {@code ToTensor} and {@code Normalize}, so that the floats are equal bit for bit.
 *
 * @param mean of red, green and blue, on the scale 0..1
 * @param std standard deviation of red, green and blue, on the scale 0..1, each above 0
 */
public record Normalization(float[] mean, float[] std) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException unless there are three finite means and three positive standard deviations
     */
    public Normalization {
        mean = mean.clone();
        std = std.clone();
        if (mean.length != 3 || std.length != 3) {
            throw new IllegalArgumentException(
                    "normalisation needs a mean and a standard deviation for each of red, green" + " and blue, not "
                            + mean.length + " and " + std.length);
        }
        for (int channel = 0; channel < 3; channel++) {
            boolean usable = Float.isFinite(mean[channel]) && Float.isFinite(std[channel]) && std[channel] > 0;
            if (!usable) {
                throw new IllegalArgumentException(
                        "normalisation with mean " + mean[channel] + " and standard deviation " + std[channel]
                                + ": the mean must be finite and the deviation above 0");
            }
        }
    }

    /**
     * Returns CLIP's constants ({@code OPENAI_DATASET_MEAN} and {@code OPENAI_DATASET_STD} in open_clip's
     * {@code constants.py}).
     *
     * @return the normalisation of CLIP, FLIP and GLIP
     */
    public static Normalization clip() {
        return new Normalization(
                new float[] {0.48145466f, 0.4578275f, 0.40821073f},
                new float[] {0.26862954f, 0.26130258f, 0.27577711f});
    }

    /** {@return a copy} */
    @Override
    public float[] mean() {
        return mean.clone();
    }

    /** {@return a copy} */
    @Override
    public float[] std() {
        return std.clone();
    }

    /**
     * Normalises a picture into planes.
     *
     * @param image the picture
     * @param target receives (3, height, width): the red plane, then green, then blue
     * @param offset where in {@code target} the red plane begins
     * @throws IndexOutOfBoundsException if the planes do not fit into the target
     */
    void apply(RgbImage image, float[] target, int offset) {
        byte[] rgb = image.rgb();
        int plane = image.width() * image.height();
        for (int channel = 0; channel < 3; channel++) {
            float[] table = table(channel);
            int to = offset + channel * plane;
            for (int from = channel; from < rgb.length; from += 3) {
                target[to++] = table[rgb[from] & 0xFF];
            }
        }
    }

    /**
     * Normalises samples on their way into planes.
     *
     * @param target receives the red plane, then green, then blue
     * @param offset where in {@code target} the red plane begins
     * @param plane pixels of a plane
     */
    SampleSink into(float[] target, int offset, int plane) {
        float[][] tables = {table(0), table(1), table(2)};
        return (channel, first, step, samples) -> {
            float[] table = tables[channel];
            int start = offset + channel * plane + first;
            for (int i = 0; i < samples.length; i++) {
                target[start + i * step] = table[samples[i]];
            }
        };
    }

    /** The normalised value of each of the 256 samples: cheaper than two divisions a pixel. */
    private float[] table(int channel) {
        float[] table = new float[256];
        for (int sample = 0; sample < 256; sample++) {
            table[sample] = (sample / 255f - mean[channel]) / std[channel];
        }
        return table;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalization that && Arrays.equals(mean, that.mean) && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
    }

    @Override
    public String toString() {
        return "Normalization[mean=" + Arrays.toString(mean) + ", std=" + Arrays.toString(std) + "]";
    }
}
