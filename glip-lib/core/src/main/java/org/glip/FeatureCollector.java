package org.glip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glip.eval.Features;

/** Keeps pictures with their features, and tells another listener. */
final class FeatureCollector implements Picture.Listener<float[]> {
    private final Picture.Listener<float[]> next;
    private final List<Picture> pictures = new ArrayList<>();
    private final List<float[]> rows = new ArrayList<>();

    FeatureCollector(Picture.Listener<float[]> next) {
        this.next = next;
    }

    @Override
    public void done(Picture picture, float[] feature) {
        pictures.add(picture);
        rows.add(feature);
        next.done(picture, feature);
    }

    @Override
    public void failed(Picture picture, IOException reason) throws IOException {
        next.failed(picture, reason);
    }

    List<Picture> pictures() {
        return pictures;
    }

    /**
     * The features, a row a picture.
     *
     * @throws IllegalArgumentException if there is no picture
     */
    Features features() {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("there is no picture to embed");
        }
        int width = rows.get(0).length;
        float[] values = new float[Math.multiplyExact(rows.size(), width)];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * width, width);
        }
        return new Features(rows.size(), width, values);
    }

    /** The rows of a matrix of features, each of its own. */
    static List<float[]> rows(Features features) {
        int width = features.dimension();
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < features.count(); i++) {
            rows.add(Arrays.copyOfRange(features.values(), i * width, (i + 1) * width));
        }
        return rows;
    }
}
