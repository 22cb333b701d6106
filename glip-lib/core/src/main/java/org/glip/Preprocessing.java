package org.glip;

import java.util.SplittableRandom;
import org.glip.image.ImageTransform;
import org.glip.image.StoredImage;
import org.glip.model.ClipConfig;

/** A model's way from a picture to pixels. */
record Preprocessing(ImageTransform transform) {
    static Preprocessing of(ClipConfig config) {
        return new Preprocessing(config.evaluationTransform());
    }

    /** Numbers of one picture: 3 S S. */
    private int length() {
        return Math.multiplyExact(3, Math.multiplyExact(transform.outputSize(), transform.outputSize()));
    }

    /** Returns the pixels (3,S,S) of a picture. */
    float[] pixels(StoredImage picture) {
        float[] pixels = new float[length()];
        transform.apply(picture, new SplittableRandom(0), pixels, 0);
        return pixels;
    }
}
