package org.glip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.glip.engine.Torch;
import org.glip.eval.Features;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masked inference through the front door. */
class ClipMaskTest {
    private static final Mask MASK = Mask.gaussian(0.5, 0.2);
    private static final float ROUNDING = 2e-6f;

    @TempDir
    Path folder;

    private Clip masked(Path model, long seed) throws IOException {
        return Clip.builder().setModel(model).optMask(MASK, seed).build();
    }

    @Test
    void featuresAreTheTowersUnderThatDraw() throws IOException {
        Path model = FrontDoor.model(folder.resolve("model"));
        Picture picture = FrontDoor.pictures().get(0);
        ClipConfig config = ModelFolder.config(model);
        float[] expected;
        try (NDManager manager = Torch.newManager();
                ClipModel tower = ModelFolder.load(model, config, manager)) {
            List<float[]> pixels = List.of(Preprocessing.of(config).pixels(picture.read()));
            MaskSampler sampler = MASK.on(config.vision().grid());
            NDArray features = tower.visual().features(tower.visual().inputs(manager, pixels, sampler, 7, 0, 0));
            expected = features.normalize(2, 1).toFloatArray();
        }
        try (Clip clip = masked(model, 7)) {
            assertArrayEquals(expected, clip.embed(picture), ROUNDING);
        }
    }

    @Test
    void aPictureGivesTheSameBesideOthersAndAnotherSeedAnother() throws IOException {
        Path model = FrontDoor.model(folder.resolve("model"));
        List<Picture> pictures = FrontDoor.pictures();
        try (Clip clip = masked(model, 7);
                Clip other = masked(model, 8);
                Clip whole = Clip.open(model)) {
            Features all = clip.embedPictures(pictures);
            int last = pictures.size() - 1;
            float[] alone = clip.embed(pictures.get(last));
            int width = alone.length;
            assertArrayEquals(Arrays.copyOfRange(all.values(), last * width, (last + 1) * width), alone);
            assertFalse(Arrays.equals(alone, other.embed(pictures.get(last))));
            assertFalse(Arrays.equals(alone, whole.embed(pictures.get(last))));
            assertArrayEquals(whole.embed("a dog"), clip.embed("a dog"));
        }
    }
}
