package org.glip.text;

import java.util.Arrays;

/** A hash table from pairs of token ids to a token id, without boxes: it is asked for every pair of every new word. */
final class PairTable {
    private static final int NOTHING = -1;

    private final int[] keys;
    private final int[] values;
    private final int mask;

    /** Makes an empty table that will hold up to {@code capacity} pairs. */
    PairTable(int capacity) {
        int slots = Integer.highestOneBit(capacity) << 2;
        keys = new int[slots];
        values = new int[slots];
        mask = slots - 1;
        Arrays.fill(values, NOTHING);
    }

    void put(int left, int right, int value) {
        int slot = slot(key(left, right));
        keys[slot] = key(left, right);
        values[slot] = value;
    }

    /** The value of a pair, or -1. */
    int get(int left, int right) {
        return values[slot(key(left, right))];
    }

    /** Ids take 16 bits. */
    private static int key(int left, int right) {
        return left << 16 | right;
    }

    /** The slot that holds a key, or the empty one where it belongs. */
    private int slot(int key) {
        int hash = key * 0x9E3779B1;
        int slot = (hash ^ hash >>> 15) & mask;
        while (values[slot] != NOTHING && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
