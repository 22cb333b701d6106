package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Runs the text tower over token ids as the data give them. Only a caption's own tokens are computed: that is exact, since what
 * follows the end-of-text token cannot influence it, and saves the padding, most of the work where captions are short.
 */
public final class CaptionEncoder {
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
        int[] lengths = IntStream.of(byLength)
                .map(row -> ModelInputs.end(tokens, contextLength, row) + 1)
                .toArray();
        PackedCaptions packed = PackedCaptions.of(manager, tokens, contextLength, byLength, lengths);
        NDArray features = tower.encode(store, packed, training);
        long[] placeOf = new long[count];
        for (int place = 0; place < count; place++) {
            placeOf[byLength[place] - first] = place;
        }
        return features.get(manager.create(placeOf));
    }
}
