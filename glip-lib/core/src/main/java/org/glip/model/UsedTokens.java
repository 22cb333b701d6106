package org.glip.model;

import java.util.Arrays;
import java.util.List;
import org.glip.text.CaptionTokens;

/**
 * Captions over the vocabulary of a batch alone: what a {@link TextTower} takes that has only the rows of its token
 * embedding that the batch uses.
 *
 * @param rows the token ids that occur, ascending, each once
 * @param captions the captions, with places in {@code rows} as ids
 */
public record UsedTokens(int[] rows, List<CaptionTokens> captions) {
    /**
     * Numbers the tokens of captions anew.
     *
     * @param captions over the whole vocabulary
     * @return the same captions over the tokens that occur in them
     */
    public static UsedTokens of(List<CaptionTokens> captions) {
        int[] rows = captions.stream()
                .flatMapToInt(caption -> Arrays.stream(caption.ids(), 0, caption.length()))
                .sorted()
                .distinct()
                .toArray();
        return new UsedTokens(
                rows,
                captions.stream().map(caption -> renumbered(caption, rows)).toList());
    }

    private static CaptionTokens renumbered(CaptionTokens caption, int[] rows) {
        int[] ids = new int[caption.ids().length];
        for (int t = 0; t < caption.length(); t++) {
            ids[t] = Arrays.binarySearch(rows, caption.ids()[t]);
        }
        return new CaptionTokens(ids, caption.length());
    }
}
