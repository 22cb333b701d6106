package org.glip.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Splits a word into tokens: its bytes are merged pair by pair, always the pair that comes first in the vocabulary, and
 * of equal pairs the one furthest left.
 *
 * <p>A token of the vocabulary is made of tokens before it, so that a merge never brings about a pair that should have
 * been merged earlier; a queue of pairs therefore does in n log n steps what the definition does in rounds over the
 * word.
 */
final class BytePairEncoder {
    private static final int NONE = -1;

    private final BytePairVocabulary vocabulary;

    BytePairEncoder(BytePairVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The token ids of a word; none for an empty one, one for the name of a special token. */
    int[] encode(String word) {
        if (word.equals(BytePairVocabulary.START_OF_TEXT_WORD)) {
            return new int[] {BytePairVocabulary.START_OF_TEXT};
        }
        if (word.equals(BytePairVocabulary.END_OF_TEXT_WORD)) {
            return new int[] {BytePairVocabulary.END_OF_TEXT};
        }
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[bytes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = vocabulary.idOfByte(bytes[i]);
        }
        if (ids.length > 0) {
            ids[ids.length - 1] = BytePairVocabulary.atEndOfWord(ids[ids.length - 1]);
        }
        return ids.length < 2 ? ids : new Merging(ids).result();
    }

    /**
     * The tokens of one word while they are being merged: a list in which a merged token stands at its left part's
     * place.
     */
    private final class Merging {
        private final int[] ids;
        private final int[] next;
        private final int[] previous;
        /** Pairs that may be merged: the id of the merged token above, the place of the left part below. */
        private final PriorityQueue<Long> pairs = new PriorityQueue<>();

        Merging(int[] ids) {
            this.ids = ids;
            next = new int[ids.length];
            previous = new int[ids.length];
            for (int i = 0; i < ids.length; i++) {
                next[i] = i + 1 < ids.length ? i + 1 : NONE;
                previous[i] = i - 1;
            }
            for (int i = 0; i < ids.length; i++) {
                offer(i);
            }
        }

        private int merged(int place) {
            return next[place] == NONE ? NONE : vocabulary.merge(ids[place], ids[next[place]]);
        }

        private void offer(int place) {
            int merged = merged(place);
            if (merged != NONE) {
                pairs.add((long) merged << 32 | place);
            }
        }

        int[] result() {
            for (Long pair = pairs.poll(); pair != null; pair = pairs.poll()) {
                int place = pair.intValue();
                int merged = (int) (pair >> 32);
                // a pair is out of date once one of its parts has been merged with something else
                if (ids[place] != NONE && merged(place) == merged) {
                    merge(place, merged);
                }
            }
            int[] tokens = new int[ids.length];
            int count = 0;
            for (int place = 0; place != NONE; place = next[place]) {
                tokens[count++] = ids[place];
            }
            return Arrays.copyOf(tokens, count);
        }

        private void merge(int place, int merged) {
            int right = next[place];
            ids[place] = merged;
            ids[right] = NONE;
            next[place] = next[right];
            if (next[place] != NONE) {
                previous[next[place]] = place;
            }
            offer(place);
            if (previous[place] != NONE) {
                offer(previous[place]);
            }
        }
    }
}
