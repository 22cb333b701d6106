package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.eval.FeatureIndex.Hit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FeatureIndexTest {
    @Test
    void agreesWithSortingAllCosines() {
        int items = 700; // over two panels and a part of a third
        Features features = RandomFeatures.of(items, 12, 1);
        Features queries = RandomFeatures.of(5, 12, 2);
        FeatureIndex<Integer> index =
                new FeatureIndex<>(IntStream.range(0, items).boxed().toList(), features);
        for (int q = 0; q < queries.count(); q++) {
            int query = q;
            List<Integer> expected = IntStream.range(0, items)
                    .boxed()
                    .sorted((a, b) -> Double.compare(
                            RandomFeatures.cosine(queries, query, features, b),
                            RandomFeatures.cosine(queries, query, features, a)))
                    .limit(9)
                    .toList();
            List<Hit<Integer>> hits = index.nearest(row(queries, q), 9);
            assertEquals(expected, hits.stream().map(Hit::item).toList());
            for (Hit<Integer> hit : hits) {
                assertEquals(RandomFeatures.cosine(queries, query, features, hit.item()), hit.similarity(), 1e-6);
            }
        }
    }

    private static float[] row(Features features, int row) {
        return Arrays.copyOfRange(features.values(), row * features.dimension(), (row + 1) * features.dimension());
    }

    @Test
    void givesAllWhereThereAreFewer() {
        FeatureIndex<String> index = new FeatureIndex<>(List.of("x", "y"), RandomFeatures.axes(2, 0, 1));
        assertEquals(List.of(new Hit<>("y", 1f), new Hit<>("x", 0f)), index.nearest(new float[] {0, 1}, 7));
        assertEquals(2, index.size());
    }

    @Test
    void ofEquallyNearItemsTheEarlierComesFirst() {
        int[] axes = new int[600];
        axes[3] = 1;
        FeatureIndex<Integer> index =
                new FeatureIndex<>(IntStream.range(0, axes.length).boxed().toList(), RandomFeatures.axes(2, axes));
        assertEquals(
                List.of(0, 1, 2, 4, 5),
                index.nearest(new float[] {1, 0}, 5).stream().map(Hit::item).toList());
    }

    @Test
    void saysWhatIsWrong() {
        Features two = RandomFeatures.axes(2, 0, 1);
        FeatureIndex<String> index = new FeatureIndex<>(List.of("x", "y"), two);
        assertRejects("1 items, but 2 rows", () -> new FeatureIndex<>(List.of("x"), two));
        assertRejects("at least 1, not 0", () -> index.nearest(new float[] {1, 0}, 0));
        assertRejects("3 dimensions, but the items have 2", () -> index.nearest(new float[] {1, 0, 0}, 1));
        assertRejects("L2-normalised", () -> index.nearest(new float[] {3, 4}, 1));
    }

    private static void assertRejects(String part, Executable call) {
        var error = assertThrows(IllegalArgumentException.class, call);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }
}
