package org.glip.text;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the token ids of recent words: a fixed number of places, of which each keeps the last word that fell on it.
 *
 * <p>Threads may share it: entries are immutable, and a lost update costs a repeated computation only.
 */
final class WordCache {
    private static final int PLACES = 1 << 16;
    /** Longer words are not kept, which bounds the memory. */
    private static final int LONGEST = 32;

    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(PLACES);

    private record Entry(String word, int[] ids) {}

    /** The ids of the word that stands at a place of a text, or null. They are shared and must not be changed. */
    int @Nullable [] get(String text, int start, int end) {
        int length = end - start;
        if (length > LONGEST) {
            return null;
        }
        Entry entry = entries.get(place(text, start, end));
        return entry != null && entry.word.length() == length && text.startsWith(entry.word, start) ? entry.ids : null;
    }

    void put(String word, int[] ids) {
        if (word.length() <= LONGEST) {
            entries.set(place(word, 0, word.length()), new Entry(word, ids));
        }
    }

    private static int place(String text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        hash *= 0x9E3779B1;
        return hash >>> 16;
    }
}
