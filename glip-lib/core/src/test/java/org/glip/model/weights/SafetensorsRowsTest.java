package org.glip.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.glip.model.weights.SafetensorsFile.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Matrices that are written while their rows are computed. */
class SafetensorsRowsTest {
    @TempDir
    Path folder;

    private static Matrix matrix(long rows, int columns, float[]... parts) {
        Iterator<float[]> next = Arrays.asList(parts).iterator();
        return new Matrix(rows, columns, () -> next.hasNext() ? next.next() : null);
    }

    @Test
    void joinsTheParts() throws IOException {
        Path file = folder.resolve("two.safetensors");
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        matrices.put("image", matrix(3, 2, new float[] {1, 2}, new float[] {3, 4, 5, 6}));
        matrices.put("text", matrix(1, 2, new float[] {-1, Float.MIN_VALUE}));
        SafetensorsFile.writeMatrices(file, matrices, Map.of());

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertEquals(List.of("image", "text"), List.copyOf(read.shapes().keySet()));
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, read.floats("image"));
            assertArrayEquals(new float[] {-1, Float.MIN_VALUE}, read.floats("text"));
        }
    }

    @Test
    void leavesNothingBehindWhereRowsAreMissingOrFail() throws IOException {
        Path file = folder.resolve("none.safetensors");
        Matrix tooFew = matrix(3, 2, new float[] {1, 2});
        Matrix failing = new Matrix(1, 2, () -> {
            throw new IOException("no more pictures");
        });

        String told = assertThrows(
                        IllegalArgumentException.class,
                        () -> SafetensorsFile.writeMatrices(file, Map.of("image", tooFew), Map.of()))
                .getMessage();
        assertTrue(told.contains("'image'") && told.contains("6") && told.contains("2"), told);
        assertThrows(IOException.class, () -> SafetensorsFile.writeMatrices(file, Map.of("image", failing), Map.of()));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }
}
