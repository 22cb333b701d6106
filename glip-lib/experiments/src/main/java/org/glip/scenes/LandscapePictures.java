package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.glip.data.ImageTextSample;
import org.glip.random.KeyedRandom;
import org.glip.random.KeyedRandom.Purpose;
import org.glip.scenes.Backgrounds.Photograph;

/**
 * The photographs of the tests alone, without objects: pictures that have no centre. Their classes are the landscapes
 * that training captions mention now and then ("... in front of a beach").
 */
public final class LandscapePictures {
    /** The metadata field with the class. */
    public static final String LABEL = "label";

    private static final int CROPS = 4;
    /** Keys the random numbers; the steps from 0 are those of composed pictures. */
    private static final int STEP = -1;

    private LandscapePictures() {}

    /**
     * Returns random square crops, four a photograph. Crops of one photograph are alike, so their number overstates
     * what is known.
     *
     * @param imageSize side in pixels
     * @return pictures with a class such as {@code a beach} in their metadata and as caption; photographs without one
     *     are left out
     * @throws IOException if the photographs cannot be read
     */
    public static List<ImageTextSample> test(int imageSize) throws IOException {
        Backgrounds backgrounds = Backgrounds.of(ScenesSplit.TEST_STYLE);
        List<ImageTextSample> pictures = new ArrayList<>();
        for (Photograph photograph : backgrounds.photographs()) {
            if (!photograph.landscape().isEmpty()) {
                for (int crop = 0; crop < CROPS; crop++) {
                    SplittableRandom random = KeyedRandom.stream(0, Purpose.COMPOSITION, STEP, pictures.size());
                    pictures.add(picture(photograph, crop, imageSize, random));
                }
            }
        }
        return pictures;
    }

    private static ImageTextSample picture(Photograph photograph, int crop, int imageSize, SplittableRandom random)
            throws IOException {
        Canvas canvas = new Canvas(imageSize);
        Backgrounds.paint(photograph, canvas, imageSize, random);
        JsonObject metadata = new JsonObject();
        metadata.addProperty(LABEL, photograph.landscape());
        metadata.addProperty("background", photograph.file());
        String key = photograph.file() + "#" + crop;
        return new ImageTextSample(key, SceneEncoder.encode(canvas.toImage()), photograph.landscape(), metadata, key);
    }
}
