package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelInputsTest {
    private final NDManager manager = Torch.newManager();
    private final Operators operators =
            Operators.compile(manager, new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR));

    @AfterEach
    void close() {
        operators.close();
        manager.close();
    }

    @Test
    void picturesLieOneAfterAnother() {
        float[] first = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        float[] second = {0.5f, -1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11};
        NDArray pixels = ModelInputs.pixels(operators, manager, List.of(first, second), 2);
        assertEquals(new Shape(2, 3, 2, 2), pixels.getShape());
        assertArrayEquals(first, pixels.get(0).toFloatArray());
        assertArrayEquals(second, pixels.get(1).toFloatArray());
    }

    /** A piece holds two pictures here; the last one is smaller, or none is full. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void moreThanAPieceHoldsArePutTogether(int count) {
        List<float[]> pictures = new ArrayList<>();
        float[] all = new float[12 * count];
        for (int i = 0; i < count; i++) {
            float[] picture = new float[12];
            for (int j = 0; j < 12; j++) {
                picture[j] = 100 * i + j;
            }
            System.arraycopy(picture, 0, all, 12 * i, 12);
            pictures.add(picture);
        }
        int before = manager.getManagedArrays().size();
        NDArray pixels = ModelInputs.pixels(operators, manager, pictures, 2, 2 * 12 * Float.BYTES + 5);
        assertEquals(new Shape(count, 3, 2, 2), pixels.getShape());
        assertArrayEquals(all, pixels.toFloatArray());
        assertEquals(before + 1, manager.getManagedArrays().size(), "pieces are freed");
    }

    @Test
    void aPictureThatIsLargerThanAPieceIsAPiece() {
        NDArray pixels = ModelInputs.pixels(operators, manager, List.of(new float[12], new float[12]), 2, 4);
        assertEquals(new Shape(2, 3, 2, 2), pixels.getShape());
    }

    @Test
    void aPictureOfAnotherSizeIsRefused() {
        List<float[]> pictures = List.of(new float[12], new float[27]);
        var error =
                assertThrows(IllegalArgumentException.class, () -> ModelInputs.pixels(operators, manager, pictures, 2));
        assertTrue(error.getMessage().contains("side 2 has 12 numbers, not 27"), error.getMessage());
    }
}
