package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.data.SampleMetadata;
import org.glip.files.Resources;
import org.junit.jupiter.api.Test;

/** The golden values are of src/test/python/make_average_precision_golden.py. */
class MultiLabelResultTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    private record Golden(float[][] scores, int[][] labels, double[] averagePrecision, double[] elevenPoints) {}

    private static EmbeddedSet pictures(int[][] labels) {
        List<JsonObject> metadata = new ArrayList<>();
        for (int[] row : labels) {
            metadata.add(SampleMetadata.ofClasses(numbers(row, 1), numbers(row, 0)));
        }
        return set(metadata);
    }

    private static EmbeddedSet set(List<JsonObject> metadata) {
        List<String> keys =
                IntStream.range(0, metadata.size()).mapToObj(Integer::toString).toList();
        float[] ones = new float[metadata.size()];
        Arrays.fill(ones, 1);
        return new EmbeddedSet(new Features(ones.length, 1, ones), keys, keys, metadata);
    }

    private static List<Integer> numbers(int[] row, int label) {
        return IntStream.range(0, row.length)
                .filter(c -> row[c] == label)
                .boxed()
                .toList();
    }

    @Test
    void isWhatClipBenchmarkAndTheRulesOfVocCompute() throws IOException {
        Golden golden =
                new Gson().fromJson(Resources.text(MultiLabelResultTest.class, "average-precision.json"), Golden.class);
        MultiLabelResult result = MultiLabelResult.of(NAMES, golden.scores(), pictures(golden.labels()));
        double sum = 0;
        for (int c = 0; c < NAMES.size(); c++) {
            assertEquals(
                    golden.averagePrecision()[c], result.averagePrecisions().get(c), 1e-6);
            assertEquals(golden.elevenPoints()[c], result.elevenPoints().get(c), 1e-12);
            sum += golden.averagePrecision()[c];
        }
        assertEquals(sum / 4, result.metrics().get("mean average precision"), 1e-6);
        assertTrue(result.metrics().containsKey("mean 11-point average precision"));
    }

    @Test
    void aPerfectRankingIsOneAndATieCountsAgainstTheModel() {
        List<String> one = List.of("a");
        int[][] labels = {{1}, {-1}, {1}};
        assertEquals(
                1,
                MultiLabelResult.of(one, new float[][] {{3}, {1}, {2}}, pictures(labels))
                        .averagePrecisions()
                        .get(0));
        MultiLabelResult tied = MultiLabelResult.of(one, new float[][] {{1}, {1}, {1}}, pictures(labels));
        assertEquals((1 / 2. + 2 / 3.) / 2, tied.averagePrecisions().get(0), 1e-12);
        assertEquals(2 / 3., tied.elevenPoints().get(0), 1e-12);
    }

    @Test
    void whatIsDifficultIsLeftOutByTheRulesOfVocAlone() {
        MultiLabelResult result = MultiLabelResult.of(
                List.of("a"), new float[][] {{3}, {2}, {1}}, pictures(new int[][] {{0}, {1}, {-1}}));
        assertEquals(1, result.averagePrecisions().get(0));
        assertEquals(1, result.elevenPoints().get(0));
        MultiLabelResult last = MultiLabelResult.of(
                List.of("a"), new float[][] {{1}, {3}, {2}}, pictures(new int[][] {{0}, {1}, {-1}}));
        assertEquals((1 + 2 / 3.) / 2, last.averagePrecisions().get(0), 1e-12);
        assertEquals(1, last.elevenPoints().get(0));
    }

    @Test
    void aClassWithoutPicturesAndAPictureWithoutAListAreErrors() {
        float[][] scores = {{1, 2}};
        List<String> names = List.of("a", "b");
        assertEquals(
                "no picture shows the class b",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> MultiLabelResult.of(names, scores, pictures(new int[][] {{1, -1}})))
                        .getMessage());
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> MultiLabelResult.of(names, scores, set(List.of(new JsonObject()))))
                .getMessage();
        assertEquals("picture 0 (0) has no list 'classes'", message);
    }
}
