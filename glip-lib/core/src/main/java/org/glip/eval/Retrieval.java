package org.glip.eval;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Image-text retrieval in both directions.
 *
 * <p>Captions and images carry a group number; a caption and an image belong together when their groups are equal. With
 * the image's index as group this is the usual protocol (COCO: five captions per image); with a label as group it
 * counts a hit on any image of the label. A query is found at k when <em>any</em> item of its group is among its k
 * nearest.
 */
public final class Retrieval {
    /** Queries that share a pass over the panels; each task of the pool takes this many. */
    private static final int QUERIES_PER_TASK = 64;

    private Retrieval() {}

    /**
     * What a retrieval found: for every query, how many items of other groups came before (or level with) the first one
     * of its own. Rank 0 is a hit at 1.
     *
     * @param textToImageRanks a rank for each caption
     * @param imageToTextRanks a rank for each image
     */
    public record Result(int[] textToImageRanks, int[] imageToTextRanks) {
        /** Copies the ranks. */
        public Result {
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
         * {@return the share of captions with an image of theirs among the k nearest, in [0, 1]} {@code k} is at least
         * 1.
         *
         * @param k how many of the nearest count, at least 1
         */
        public double textToImageRecall(int k) {
            return recall(textToImageRanks, k);
        }

        /**
         * {@return the share of images with a caption of theirs among the k nearest, in [0, 1]} {@code k} is at least
         * 1.
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

    /**
     * Ranks all images for every caption and all captions for every image. Runs on all cores and needs memory for one
     * more copy of the targets, never for the matrix of cosines.
     *
     * @param captions caption features
     * @param captionGroup the group of each caption
     * @param images image features of the same dimension
     * @param imageGroup the group of each image
     * @return the rank at which each query finds its group
     * @throws IllegalArgumentException if sizes or dimensions disagree, or a caption has no image or an image no
     *     caption; the message names the row
     */
    public static Result evaluate(Features captions, int[] captionGroup, Features images, int[] imageGroup) {
        SimilarityPanels.requireSameDimension("Caption", captions, "image", images);
        requireGroups("caption", captions, captionGroup);
        requireGroups("image", images, imageGroup);
        return new Result(
                ranks("caption", captions, captionGroup, "image", images, imageGroup),
                ranks("image", images, imageGroup, "caption", captions, captionGroup));
    }

    private static void requireGroups(String what, Features features, int[] groups) {
        if (groups.length != features.count()) {
            throw new IllegalArgumentException(
                    "There are " + features.count() + " " + what + "s, but group numbers for " + groups.length);
        }
    }

    private static int[] ranks(
            String queryName,
            Features queries,
            int[] queryGroup,
            String targetName,
            Features targets,
            int[] targetGroup) {
        Map<Integer, List<Integer>> members = members(targetGroup);
        for (int query = 0; query < queries.count(); query++) {
            if (!members.containsKey(queryGroup[query])) {
                throw new IllegalArgumentException("There is no " + targetName + " for " + queryName + " " + query
                        + " (group " + queryGroup[query] + ")");
            }
        }
        SimilarityPanels panels = new SimilarityPanels(targets);
        int[] ranks = new int[queries.count()];
        int tasks = (queries.count() + QUERIES_PER_TASK - 1) / QUERIES_PER_TASK;
        IntStream.range(0, tasks).parallel().forEach(task -> {
            int from = task * QUERIES_PER_TASK;
            int to = Math.min(queries.count(), from + QUERIES_PER_TASK);
            float[] best = new float[to - from];
            for (int query = from; query < to; query++) {
                best[query - from] = bestOf(members.get(queryGroup[query]), panels, queries, query);
            }
            float[] cosines = new float[SimilarityPanels.WIDTH];
            for (int panel = 0; panel < panels.count(); panel++) {
                for (int query = from; query < to; query++) {
                    panels.cosines(queries, query, panel, cosines);
                    ranks[query] += strangersAhead(
                            cosines, best[query - from], queryGroup[query], targetGroup, panel, panels.width(panel));
                }
            }
        });
        return ranks;
    }

    private static Map<Integer, List<Integer>> members(int[] groups) {
        return IntStream.range(0, groups.length).boxed().collect(Collectors.groupingBy(item -> groups[item]));
    }

    private static float bestOf(List<Integer> members, SimilarityPanels panels, Features queries, int query) {
        float best = Float.NEGATIVE_INFINITY;
        for (int target : members) {
            best = Math.max(best, panels.cosine(queries, query, target));
        }
        return best;
    }

    /** Targets of other groups that are at least as near as the group's best: a tie counts against the model. */
    private static int strangersAhead(float[] cosines, float best, int group, int[] targetGroup, int panel, int width) {
        int ahead = 0;
        for (int j = 0; j < width; j++) {
            if (cosines[j] >= best && targetGroup[panel * SimilarityPanels.WIDTH + j] != group) {
                ahead++;
            }
        }
        return ahead;
    }
}
