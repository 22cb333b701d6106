package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Runs the text tower over captions in groups of like length, each cut to its own longest. That is exact, since what follows the
 * end-of-text token cannot influence it, and saves the padding, which in a batch of short captions is half of the work.
 */
public final class CaptionEncoder {
    /** More groups save more padding but make the matrix products small; these were measured to be the best of both. */
    private static final int GROUPS = 3;

    private static final int LEAST_IN_GROUP = 8;

    private final TextTower tower;
    private final ParameterStore store;

    /**
     * @param tower the text tower
     * @param store gives its weights
     */
    public CaptionEncoder(TextTower tower, ParameterStore store) {
        this.tower = tower;
        this.store = store;
    }

    /**
     * Encodes captions.
     *
     * @param manager owner of the result
     * @param tokens ids, (n,C) row by row
     * @param contextLength C
     * @param first the first caption taken
     * @param count how many
     * @param training whether the result can be differentiated
     * @return features (count,E), not normalised, in the order of the captions
     */
    public NDArray encode(NDManager manager, int[] tokens, int contextLength, int first, int count, boolean training) {
        int[] byLength = IntStream.range(first, first + count)
                .boxed()
                .sorted(Comparator.comparingInt(row -> ModelInputs.end(tokens, contextLength, row)))
                .mapToInt(Integer::intValue)
                .toArray();
        NDArray ids = ModelInputs.ids(manager, tokens, contextLength, byLength);
        NDArray ends = ModelInputs.ends(manager, tokens, contextLength, byLength);
        TextTower.Group[] groups = new TextTower.Group[Math.max(1, Math.min(GROUPS, count / LEAST_IN_GROUP))];
        for (int g = 0; g < groups.length; g++) {
            int end = (g + 1) * count / groups.length;
            int longest = ModelInputs.end(tokens, contextLength, byLength[end - 1]) + 1;
            groups[g] = new TextTower.Group(g * count / groups.length, end, longest);
        }
        NDArray features = tower.encode(store, ids, ends, training, groups);
        long[] placeOf = new long[count];
        for (int place = 0; place < count; place++) {
            placeOf[byLength[place] - first] = place;
        }
        return features.get(manager.create(placeOf));
    }
}
