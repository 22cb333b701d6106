package org.glip.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.data.ImageTextSample;
import org.glip.image.ImageDecoder;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesSplit;
import org.glip.scenes.WholeShards;

/** Single samples of Scenes, for looking at. */
public final class ScenesPictures {
    /** For one sample of another label so many are looked at: labels follow each other at random. */
    private static final int SEARCHED = 10;

    private ScenesPictures() {}

    /**
     * Returns the first samples of a split.
     *
     * @param scenes the data
     * @param split which part
     * @param count how many, or all where there are fewer
     * @return the samples, with encoded pictures
     * @throws IOException where a shard cannot be read
     */
    public static List<ImageTextSample> first(Scenes scenes, ScenesSplit split, int count) throws IOException {
        List<ImageTextSample> samples = new ArrayList<>();
        WholeShards.read(scenes.shards(split), count, samples::add);
        return samples;
    }

    /**
     * Returns samples of different labels from the beginning of a split, not picked by anything else.
     *
     * @param scenes the data
     * @param split which part
     * @param count how many; fewer where there are not as many labels
     * @return the samples, with encoded pictures
     * @throws IOException where a shard cannot be read
     */
    public static List<ImageTextSample> ofDifferentLabels(Scenes scenes, ScenesSplit split, int count)
            throws IOException {
        Map<String, ImageTextSample> byLabel = new LinkedHashMap<>();
        for (ImageTextSample sample : first(scenes, split, SEARCHED * count)) {
            byLabel.putIfAbsent(sample.metadata().get("label").getAsString(), sample);
        }
        return byLabel.values().stream().limit(count).toList();
    }

    /**
     * Decodes a sample's picture.
     *
     * @param sample a sample with its encoded picture
     * @return the picture
     * @throws IOException where it is none
     */
    public static BufferedImage image(ImageTextSample sample) throws IOException {
        return ImageDecoder.decode(sample.image(), sample.origin()).toBufferedImage();
    }

    /**
     * Decodes the pictures of samples.
     *
     * @param samples samples with their encoded pictures
     * @return the pictures, in order
     * @throws IOException where one is none
     */
    public static List<BufferedImage> images(List<ImageTextSample> samples) throws IOException {
        List<BufferedImage> images = new ArrayList<>();
        for (ImageTextSample sample : samples) {
            images.add(image(sample));
        }
        return images;
    }

    /**
     * Samples by their keys.
     *
     * @param scenes the data
     * @param split which part
     * @param keys names of samples
     * @return the samples, in the order of the keys
     * @throws IOException where a shard cannot be read or a key is not there
     */
    public static List<ImageTextSample> byKey(Scenes scenes, ScenesSplit split, List<String> keys) throws IOException {
        Map<String, ImageTextSample> found = new HashMap<>();
        for (ImageTextSample sample : first(scenes, split, Integer.MAX_VALUE)) {
            if (keys.contains(sample.key())) {
                found.put(sample.key(), sample);
            }
        }
        List<ImageTextSample> samples = new ArrayList<>();
        for (String key : keys) {
            ImageTextSample sample = found.get(key);
            if (sample == null) {
                throw new IOException(scenes.folder() + " has no sample " + key + " in " + split.id());
            }
            samples.add(sample);
        }
        return samples;
    }
}
