package org.glip.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.glip.Clip;
import org.glip.Picture;
import org.glip.eval.FeatureIndex;

/** Embeds the pictures of a folder once, and finds those that fit texts best. */
public final class SearchPictures {
    private SearchPictures() {}

    /**
     * Runs the program.
     *
     * @param arguments a model folder, a folder of pictures, and texts, such as {@code runs/glip photos "a red car"}
     * @throws IOException if there is no model, or a picture cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        try (Clip clip = Clip.open(Path.of(arguments[0]))) {
            FeatureIndex<Picture> album = clip.index(Picture.in(Path.of(arguments[1])));
            for (int i = 2; i < arguments.length; i++) {
                System.out.println(arguments[i]);
                for (FeatureIndex.Hit<Picture> hit : album.nearest(clip.embed(arguments[i]), 3)) {
                    System.out.printf(
                            "  %.3f %s%n", hit.similarity(), hit.item().name());
                }
            }
        }
    }
}
