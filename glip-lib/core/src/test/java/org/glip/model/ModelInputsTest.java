package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.glip.engine.Torch;
import org.junit.jupiter.api.Test;

class ModelInputsTest {
    @Test
    void picturesLieOneAfterAnother() {
        float[] first = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        float[] second = {0.5f, -1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11};
        try (NDManager manager = Torch.newManager()) {
            NDArray pixels = ModelInputs.pixels(manager, List.of(first, second), 2);
            assertEquals(new Shape(2, 3, 2, 2), pixels.getShape());
            assertArrayEquals(first, pixels.get(0).toFloatArray());
            assertArrayEquals(second, pixels.get(1).toFloatArray());
        }
    }

    @Test
    void aPictureOfAnotherSizeIsRefused() {
        try (NDManager manager = Torch.newManager()) {
            List<float[]> pictures = List.of(new float[12], new float[27]);
            var error = assertThrows(IllegalArgumentException.class, () -> ModelInputs.pixels(manager, pictures, 2));
            assertTrue(error.getMessage().contains("side 2 has 12 numbers, not 27"), error.getMessage());
        }
    }
}
