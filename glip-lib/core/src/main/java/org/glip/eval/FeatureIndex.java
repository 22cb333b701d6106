package org.glip.eval;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Things with their features, to be searched by a feature of the same model: pictures by a text, texts by a picture,
 * pictures by a picture. It lies in memory, compares with everything and so misses nothing. Immutable; threads may
 * share it.
 *
 * @param <T> what is found
 */
public final class FeatureIndex<T> {
    private final List<T> items;
    private final int dimension;
    private final SimilarityPanels panels;

    /**
     * Something found.
     *
     * @param item what it is
     * @param similarity its cosine with the query, from -1 to 1
     * @param <T> what is found
     */
    public record Hit<T>(T item, float similarity) {}

    /**
     * An index of items by their features.
     *
     * @param items what can be found, in the order of the features
     * @param features a row for each item
     * @throws IllegalArgumentException if there is not one row for each item
     */
    public FeatureIndex(List<T> items, Features features) {
        this.items = List.copyOf(items);
        if (items.size() != features.count()) {
            throw new IllegalArgumentException(
                    "there are " + items.size() + " items, but " + features.count() + " rows of features");
        }
        this.dimension = features.dimension();
        this.panels = new SimilarityPanels(features);
    }

    /** {@return the number of items} */
    public int size() {
        return items.size();
    }

    /**
     * Finds the items nearest to a feature.
     *
     * @param feature L2-normalised, as {@link Features} has them
     * @param top how many are wanted, at least 1
     * @return the nearest, the most similar first; all of them where there are fewer. Of equally similar ones the
     *     earlier is first
     * @throws IllegalArgumentException if the feature has another dimension than the items, is not normalised, or
     *     {@code top} is below 1
     */
    public List<Hit<T>> nearest(float[] feature, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("the number of wanted items must be at least 1, not " + top);
        }
        if (feature.length != dimension) {
            throw new IllegalArgumentException("the query has " + feature.length + " dimensions, but the items have "
                    + dimension + "; both must come from the same model");
        }
        Features query = new Features(1, dimension, feature);
        // The head is the worst of the best so far: what the next candidate must beat.
        PriorityQueue<Candidate> best = new PriorityQueue<>(Collections.reverseOrder(Candidate.BEST_FIRST));
        float[] cosines = new float[SimilarityPanels.WIDTH];
        for (int panel = 0; panel < panels.count(); panel++) {
            panels.cosines(query, 0, panel, cosines);
            for (int j = 0; j < panels.width(panel); j++) {
                if (best.size() < top || cosines[j] > best.element().similarity) {
                    best.add(new Candidate(panel * SimilarityPanels.WIDTH + j, cosines[j]));
                }
                if (best.size() > top) {
                    best.remove();
                }
            }
        }
        return best.stream()
                .sorted(Candidate.BEST_FIRST)
                .map(found -> new Hit<>(items.get(found.item), found.similarity))
                .toList();
    }

    private record Candidate(int item, float similarity) {
        static final Comparator<Candidate> BEST_FIRST =
                Comparator.comparingDouble(Candidate::similarity).reversed().thenComparingInt(Candidate::item);
    }
}
