package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.glip.engine.Torch;
import org.junit.jupiter.api.Test;

class PositionWavesTest {
    private static final String EMBEDDING = "visual.positional_embedding";
    private static final int SIDE = 4;

    @Test
    void aPatchIsLikestItsNeighboursAndTheClassTokenLikeNone() {
        float[][] rows = embedding(8);

        assertArrayEquals(new float[8], rows[0]);
        for (int patch = 0; patch < SIDE * SIDE; patch++) {
            double toNext = patch % SIDE + 1 < SIDE ? distance(rows[1 + patch], rows[2 + patch]) : 0;
            double toBelow = patch / SIDE + 1 < SIDE ? distance(rows[1 + patch], rows[1 + patch + SIDE]) : 0;
            for (int other = 0; other < SIDE * SIDE; other++) {
                if (Math.abs(patch % SIDE - other % SIDE) > 1 || Math.abs(patch / SIDE - other / SIDE) > 1) {
                    double far = distance(rows[1 + patch], rows[1 + other]);
                    assertTrue(toNext < far && toBelow < far, patch + " and " + other);
                }
            }
        }
    }

    @Test
    void theFirstHalfTellsTheColumnAndTheSecondTheRow() {
        float[][] rows = embedding(8);

        float[] patch = rows[1 + 2 * SIDE + 3]; // row 2, column 3
        assertEquals(Math.sin(3) / 2, patch[0], 1e-6);
        assertEquals(Math.cos(3 / Math.sqrt(50)) / 2, patch[3], 1e-6);
        assertEquals(Math.sin(2) / 2, patch[4], 1e-6);
        assertEquals(Math.cos(2) / 2, patch[6], 1e-6);
    }

    @Test
    void onlyThePositionsChange() {
        try (NDManager manager = Torch.newManager();
                ClipModel usual = ClipModel.create(config(8), 3, manager);
                ClipModel waves = ClipModel.create(config(8), 3, manager)) {
            PositionWaves.write(waves);
            usual.tensors()
                    .forEach((name, tensor) -> assertEquals(
                            !name.equals(EMBEDDING),
                            Arrays.equals(
                                    tensor.toFloatArray(),
                                    waves.tensors().get(name).toFloatArray()),
                            name));
        }
    }

    @Test
    void aWidthThatIsNoMultipleOfFourIsRefused() {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(config(6), 0, manager)) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> PositionWaves.write(model));
            assertTrue(e.getMessage().contains("multiple of 4, not 6"), e.getMessage());
        }
    }

    private static ClipConfig config(int width) {
        return new ClipConfig(
                8,
                false,
                new ClipConfig.Vision(16, 4, width, 1, 2, 2, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
                new ClipConfig.Text(8, 49408, 8, 2, 1, 2));
    }

    private static float[][] embedding(int width) {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(config(width), 0, manager)) {
            PositionWaves.write(model);
            float[] values = model.tensors().get(EMBEDDING).toFloatArray();
            float[][] rows = new float[values.length / width][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
            }
            return rows;
        }
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
