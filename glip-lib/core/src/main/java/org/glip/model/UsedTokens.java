package org.glip.model;

import java.util.Arrays;
import java.util.List;
import org.glip.text.CaptionTokens;

/**
 * Captions over the vocabulary of a batch alone: what a {@link TextTower} takes that has only the rows of its token
 * embedding that the batch uses.
 *
 * @param rows the token ids that occur, and perhaps others, ascending, each once
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
        return over(rows(captions), captions);
    }

    /**
     * Numbers the tokens of captions anew, over tokens of which others may occur elsewhere.
     *
     * @param rows token ids, ascending, each once; all that occur in the captions are among them
     * @param captions over the whole vocabulary
     * @return the same captions over those tokens
     */
    public static UsedTokens over(int[] rows, List<CaptionTokens> captions) {
        return new UsedTokens(
                rows,
                captions.stream().map(caption -> renumbered(caption, rows)).toList());
    }

    /**
     * {@return the token ids that occur in captions, ascending, each once}
     *
     * @param captions over the whole vocabulary
     */
    public static int[] rows(List<CaptionTokens> captions) {
        return captions.stream()
                .flatMapToInt(caption -> Arrays.stream(caption.ids(), 0, caption.length()))
                .sorted()
                .distinct()
                .toArray();
    }

    private static CaptionTokens renumbered(CaptionTokens caption, int[] rows) {
        int[] ids = new int[caption.ids().length];
        for (int t = 0; t < caption.length(); t++) {
            ids[t] = Arrays.binarySearch(rows, caption.ids()[t]);
        }
        return new CaptionTokens(ids, caption.length());
    }
}
