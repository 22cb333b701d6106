package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.data.ImageTextSample;
import org.glip.data.WebDatasetWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneComposerTest {
    private static final int GREEN = 0x00FF00;

    @TempDir
    Path folder;

    /** A library of one plain green square. */
    private SplitPlan greenSquare(ScenesConfig config) throws IOException {
        Concept concept = ScenesFixtures.concept("green square");
        ScenesSplit split = concept.fold() >= 2 ? ScenesSplit.TRAIN : ScenesSplit.VALIDATION;
        Canvas canvas = new Canvas(Drawing.FOREGROUND_SIDE);
        canvas.fill(GREEN);
        Path library = Files.createDirectories(folder.resolve("library"));
        try (WebDatasetWriter writer = new WebDatasetWriter(library.resolve("noto.tar"))) {
            writer.write(new Foreground("a", concept, "noto", canvas.toImage().encodePng(), "a").toSample("MIT"));
            writer.commit();
        }
        return new SplitPlan(split, Splits.of(config, ForegroundLibrary.read(library)), config);
    }

    @Test
    void theObjectLiesWhereTheMetadataSay() throws IOException {
        ScenesConfig config = ScenesConfig.ofVersion1(ScenesPreset.UNIFORM).withTrainSamples(30);
        SplitPlan plan = greenSquare(config);
        SceneComposer composer = new SceneComposer(config, plan);
        for (int index = 0; index < plan.samples(); index++) {
            ImageTextSample sample = composer.compose(index);
            JsonObject object =
                    sample.metadata().getAsJsonArray("objects").get(0).getAsJsonObject();
            Box box = new Placement(
                            object.get("scale").getAsDouble(),
                            object.get("x").getAsDouble(),
                            object.get("y").getAsDouble())
                    .box(64);
            double[] moments = greenMoments(ArgbImage.decode(sample.image(), sample.key()));
            assertEquals(box.x() + box.width() / 2, moments[0], 1, "centre, x");
            assertEquals(box.y() + box.height() / 2, moments[1], 1, "centre, y");
            assertEquals(box.width() * box.height(), moments[2], 0.15 * moments[2], "area");
        }
    }

    /** The mean position of the green pixels and their number. */
    private static double[] greenMoments(ArgbImage image) {
        double x = 0;
        double y = 0;
        int count = 0;
        for (int i = 0; i < image.argb().length; i++) {
            int argb = image.argb()[i];
            if ((argb >> 8 & 255) > 180 && (argb >> 16 & 255) < 75 && (argb & 255) < 75) {
                x += i % image.width() + 0.5;
                y += i / image.width() + 0.5;
                count++;
            }
        }
        return new double[] {x / count, y / count, count};
    }

    @Test
    void aFullFrameObjectCoversThePicture() throws IOException {
        ScenesConfig config = ScenesConfig.ofVersion1(ScenesPreset.FULL_FRAME).withTrainSamples(3);
        ImageTextSample sample = new SceneComposer(config, greenSquare(config)).compose(0);
        assertEquals(64 * 64, greenMoments(ArgbImage.decode(sample.image(), sample.key()))[2], 64 * 4);
        assertFalse(sample.metadata().has("background"));
    }
}
