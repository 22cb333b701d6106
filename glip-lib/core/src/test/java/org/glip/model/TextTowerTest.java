package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.glip.engine.Torch;
import org.glip.text.CaptionTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextTowerTest {
    private static final ClipConfig CONFIG = new ClipConfig(
            24,
            false,
            new ClipConfig.Vision(32, 8, 32, 2, 16, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
            new ClipConfig.Text(12, 60, 48, 4, 3, 4));

    private final NDManager manager = Torch.newManager();
    private final ClipModel model = ClipModel.create(CONFIG, 3, manager);

    @AfterEach
    void close() {
        model.close();
        manager.close();
    }

    private float[] features(List<CaptionTokens> captions) {
        NDList inputs = model.text().inputs(manager, captions);
        return model.text()
                .forward(new ParameterStore(manager, false), inputs, false)
                .singletonOrThrow()
                .toFloatArray();
    }

    @Test
    void featuresComeInTheOrderOfTheCaptionsHoweverTheseArePacked() {
        List<CaptionTokens> captions =
                new ArrayList<>(RandomPairs.of(CONFIG, 50, 4).captions());
        captions.sort(Collections.reverseOrder((a, b) -> Integer.compare(a.length(), b.length())));
        Collections.rotate(captions, 17);
        float[] together = features(captions);
        for (int i = 0; i < captions.size(); i++) {
            float[] alone = features(captions.subList(i, i + 1));
            assertArrayEquals(alone, Arrays.copyOfRange(together, i * 24, (i + 1) * 24), 2e-6f, "caption " + i);
        }
    }

    @Test
    void onlyACaptionsOwnTokensAreAmongTheInputs() {
        CaptionTokens three = new CaptionTokens(new int[] {58, 7, 59, 0, 0}, 3);
        CaptionTokens two = new CaptionTokens(new int[] {58, 59, 9, 59, 0}, 2);
        NDList inputs = model.text().inputs(manager, List.of(three, two));
        assertArrayEquals(new long[] {58, 59, 58, 7, 59}, inputs.get(0).toLongArray(), "shorter captions first");
        assertArrayEquals(new long[] {1, 0}, inputs.get(7).toLongArray(), "the way back");
        assertEquals(new Shape(2, 24), model.text().getOutputShapes(inputs.getShapes())[0]);
    }

    @Test
    void refusesCaptionsThatDoNotFit() {
        assertRefused("at least one caption", List.of());
        assertRefused("up to 12 tokens, but caption 1 has 13", List.of(caption(12, 5), caption(13, 5)));
        assertRefused("tokens 0 to 59, but caption 0 has 60", List.of(caption(3, 60)));
        assertRefused("tokens 0 to 59, but caption 0 has -1", List.of(caption(3, -1)));
    }

    private static CaptionTokens caption(int length, int last) {
        int[] ids = new int[20];
        ids[length - 1] = last;
        return new CaptionTokens(ids, length);
    }

    private void assertRefused(String message, List<CaptionTokens> captions) {
        var error =
                assertThrows(IllegalArgumentException.class, () -> model.text().inputs(manager, captions));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void refusesInputsThatItHasNotMade() {
        NDList ids = new NDList(manager.zeros(new Shape(2, 12)));
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> model.text().forward(new ParameterStore(manager, false), ids, false));
        assertTrue(error.getMessage().contains("TextTower.inputs"), error.getMessage());
    }
}
