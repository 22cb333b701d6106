package org.glip.eval;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a retrieval found: for every query, how many items of other groups came before (or level with) the first one of its own.
 * Rank 0 is a hit at 1.
 *
 * @param textToImageRanks a rank for each caption
 * @param imageToTextRanks a rank for each image
 */
public record RetrievalResult(int[] textToImageRanks, int[] imageToTextRanks) {
    /** Copies the ranks. */
    public RetrievalResult {
        textToImageRanks = textToImageRanks.clone();
        imageToTextRanks = imageToTextRanks.clone();
    }

    /** {@return a copy of the ranks, by caption} */
    @Override
    public int[] textToImageRanks() {
        return textToImageRanks.clone();
    }

    /** {@return a copy of the ranks, by image} */
    @Override
    public int[] imageToTextRanks() {
        return imageToTextRanks.clone();
    }

    /**
     * {@return name in result files of {@link #textToImageRecall}}
     *
     * @param k how many of the nearest count, at least 1
     */
    public static String textToImage(int k) {
        return "text-to-image recall@" + k;
    }

    /**
     * {@return name in result files of {@link #imageToTextRecall}}
     *
     * @param k how many of the nearest count, at least 1
     */
    public static String imageToText(int k) {
        return "image-to-text recall@" + k;
    }

    /**
     * {@return the share of captions with an image of theirs among the k nearest, in [0, 1]} {@code k} is at least 1.
     *
     * @param k how many of the nearest count, at least 1
     */
    public double textToImageRecall(int k) {
        return recall(textToImageRanks, k);
    }

    /**
     * {@return the share of images with a caption of theirs among the k nearest, in [0, 1]} {@code k} is at least 1.
     *
     * @param k how many of the nearest count, at least 1
     */
    public double imageToTextRecall(int k) {
        return recall(imageToTextRanks, k);
    }

    /**
     * {@return recall@1, @5 and @10 both ways by the names that result files use, such as {@code text-to-image
     * recall@1}}
     */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int k : new int[] {1, 5, 10}) {
            metrics.put(textToImage(k), textToImageRecall(k));
        }
        for (int k : new int[] {1, 5, 10}) {
            metrics.put(imageToText(k), imageToTextRecall(k));
        }
        return metrics;
    }

    private static double recall(int[] ranks, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("recall@k needs k of at least 1, not " + k);
        }
        return (double) Arrays.stream(ranks).filter(rank -> rank < k).count() / ranks.length;
    }
}
