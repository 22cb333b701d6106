package org.glip.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glip.data.ImageTextSample;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesSplit;
import org.glip.scenes.WholeShards;

/** Single samples of Scenes, for looking at. */
public final class ScenesPictures {
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
