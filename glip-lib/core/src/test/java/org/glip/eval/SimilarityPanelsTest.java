package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarityPanelsTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 5", "256, 7", "257, 64", "600, 30"})
    void givesTheCosineOfEveryPairAndTheSameBitsAlone(int targets, int dimension) {
        Features a = RandomFeatures.of(4, dimension, 1);
        Features b = RandomFeatures.of(targets, dimension, 2);
        SimilarityPanels panels = new SimilarityPanels(b);
        float[] cosines = new float[SimilarityPanels.WIDTH];
        int seen = 0;
        for (int query = 0; query < a.count(); query++) {
            for (int panel = 0; panel < panels.count(); panel++) {
                panels.cosines(a, query, panel, cosines);
                for (int j = 0; j < panels.width(panel); j++, seen++) {
                    int target = panel * SimilarityPanels.WIDTH + j;
                    assertEquals(RandomFeatures.cosine(a, query, b, target), cosines[j], 1e-5);
                    assertEquals(panels.cosine(a, query, target), cosines[j], "bit for bit");
                }
            }
        }
        assertEquals(4 * targets, seen);
    }

    @Test
    void rejectsFeaturesOfDifferentModels() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> SimilarityPanels.requireSameDimension(
                        "Image", RandomFeatures.of(1, 4, 1), "text", RandomFeatures.of(1, 5, 1)));
        assertEquals(
                "Image features have 4 dimensions, but text features have 5; both must come from the same model",
                error.getMessage());
    }
}
