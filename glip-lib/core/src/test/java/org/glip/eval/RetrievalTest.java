package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrievalTest {
    /**
     * Three images; captions 0 and 1 belong to image 0, caption 2 to image 1, caption 3 to image 2. Worked out on
     * paper.
     */
    @Test
    void followsAHandComputedCase() {
        Features images = Features.ofRows(new float[][] {{1, 0}, {0, 1}, {-1, 0}});
        Features captions = Features.ofRows(new float[][] {{1, 0.1f}, {0.1f, 1}, {1, 0.2f}, {-1, 0.1f}});
        Retrieval.Result result = Retrieval.evaluate(captions, new int[] {0, 0, 1, 2}, images, new int[] {0, 1, 2});
        // Caption 1 points at image 1, so its own image comes second; caption 2 leans to image 0, its own is second.
        assertArrayEquals(new int[] {0, 1, 1, 0}, result.textToImageRanks());
        // Image 1 is nearest to caption 1, a stranger; then comes its own. Either caption of image 0 would be a hit.
        assertArrayEquals(new int[] {0, 1, 0}, result.imageToTextRanks());
        assertEquals(0.5, result.textToImageRecall(1));
        assertEquals(2.0 / 3, result.imageToTextRecall(1));
        assertEquals(1, result.textToImageRecall(2));
        assertEquals(0.5, result.metrics().get("text-to-image recall@1"));
        assertEquals(1, result.metrics().get("image-to-text recall@10"));
    }

    @Test
    void countsAHitOnAnyImageOfTheLabel() {
        Features images = RandomFeatures.axes(3, 0, 1, 2);
        Features captions = RandomFeatures.axes(3, 1, 2);
        // Label 5 has images 0 and 1; the caption of label 5 finds image 1 of its label.
        Retrieval.Result result = Retrieval.evaluate(captions, new int[] {5, 9}, images, new int[] {5, 5, 9});
        assertEquals(1, result.textToImageRecall(1));
        // Image 0 is orthogonal to both captions: a tie with a stranger, which counts against it.
        assertArrayEquals(new int[] {1, 0, 0}, result.imageToTextRanks());
    }

    @ParameterizedTest
    @CsvSource({"40, 40, 40, 8, 1", "300, 60, 60, 16, 2", "70, 600, 30, 5, 3", "10, 10, 1, 4, 4"})
    void agreesWithSortingTheWholeMatrix(int captionCount, int imageCount, int groups, int dimension, long seed) {
        Features captions = RandomFeatures.of(captionCount, dimension, seed);
        Features images = RandomFeatures.of(imageCount, dimension, seed + 100);
        int[] captionGroup = groups(captionCount, groups, seed);
        int[] imageGroup = groups(imageCount, groups, seed + 1);
        Retrieval.Result result = Retrieval.evaluate(captions, captionGroup, images, imageGroup);
        assertArrayEquals(bruteForce(captions, captionGroup, images, imageGroup), result.textToImageRanks());
        assertArrayEquals(bruteForce(images, imageGroup, captions, captionGroup), result.imageToTextRanks());
    }

    /** Every group once, then random ones. */
    private static int[] groups(int count, int groups, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .map(i -> 7 * (i < groups ? i : random.nextInt(groups)))
                .toArray();
    }

    private static int[] bruteForce(Features queries, int[] queryGroup, Features targets, int[] targetGroup) {
        return IntStream.range(0, queries.count())
                .map(query -> {
                    int[] order = IntStream.range(0, targets.count())
                            .boxed()
                            .sorted((a, b) -> Double.compare(
                                    RandomFeatures.cosine(queries, query, targets, b),
                                    RandomFeatures.cosine(queries, query, targets, a)))
                            .mapToInt(Integer::intValue)
                            .toArray();
                    int rank = 0;
                    while (targetGroup[order[rank]] != queryGroup[query]) {
                        rank++;
                    }
                    return rank;
                })
                .toArray();
    }

    @Test
    void countsTiesAgainstAModelThatSaysTheSameOfEverything() {
        Features same = RandomFeatures.axes(3, new int[20]);
        int[] groups = IntStream.range(0, 20).toArray();
        Retrieval.Result result = Retrieval.evaluate(same, groups, same, groups);
        assertEquals(0, result.textToImageRecall(10));
        assertEquals(0, result.imageToTextRecall(10));
        assertEquals(1, result.imageToTextRecall(20));
    }

    @Test
    void namesTheCaptionOrImageWithoutAPartner() {
        Features two = RandomFeatures.axes(2, 0, 1);
        assertRejects("no image for caption 1 (group 4)", two, new int[] {3, 4}, two, new int[] {3, 3});
        assertRejects("no caption for image 0 (group 8)", two, new int[] {3, 3}, two, new int[] {8, 3});
        assertRejects("2 captions, but group numbers for 1", two, new int[] {3}, two, new int[] {3, 3});
        assertRejects("dimensions", two, new int[] {1, 1}, RandomFeatures.axes(3, 0, 1), new int[] {1, 1});
    }

    private static void assertRejects(
            String part, Features captions, int[] captionGroup, Features images, int[] imageGroup) {
        var error = assertThrows(
                IllegalArgumentException.class, () -> Retrieval.evaluate(captions, captionGroup, images, imageGroup));
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void rejectsRecallAtZero() {
        Retrieval.Result result = new Retrieval.Result(new int[] {0}, new int[] {0});
        assertThrows(IllegalArgumentException.class, () -> result.textToImageRecall(0));
    }
}
