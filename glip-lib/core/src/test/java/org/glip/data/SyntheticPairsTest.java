package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.glip.text.ClipTokenizer;
import org.junit.jupiter.api.Test;

class SyntheticPairsTest {
    private static final ClipTokenizer TOKENIZER = ClipTokenizer.load();

    @Test
    void givesCaptionsOfEightToTwentyWords() {
        SyntheticPairs pairs = new SyntheticPairs(TOKENIZER, 40, 4, 77, 1);
        int[] lengths = pairs.next().captions().stream()
                .mapToInt(caption -> caption.split(" ").length)
                .toArray();

        assertTrue(Arrays.stream(lengths).allMatch(words -> words >= 8 && words <= 20));
        assertTrue(Arrays.stream(lengths).distinct().count() > 5);
    }

    @Test
    void numbersTheSamplesOn() {
        SyntheticPairs pairs = new SyntheticPairs(TOKENIZER, 3, 4, 77, 1);
        Batch first = pairs.next();
        Batch second = pairs.next();

        assertEquals(0, first.firstSampleIndex());
        assertEquals(3, second.firstSampleIndex());
        assertEquals(3 * 3 * 4 * 4, second.pixels().length);
        assertFalse(Arrays.equals(first.tokens(), second.tokens()));
    }

    @Test
    void isAFunctionOfTheSeed() {
        Batch one = new SyntheticPairs(TOKENIZER, 2, 4, 77, 5).next();
        Batch same = new SyntheticPairs(TOKENIZER, 2, 4, 77, 5).next();

        assertArrayEquals(one.pixels(), same.pixels());
        assertArrayEquals(one.tokens(), same.tokens());
        assertFalse(Arrays.equals(
                one.pixels(), new SyntheticPairs(TOKENIZER, 2, 4, 77, 6).next().pixels()));
    }

    @Test
    void captionsAsLongAsTheContextFillIt() {
        Batch batch = new SyntheticPairs(TOKENIZER, 5, 4, 77, 77, 77, 1).next();
        for (int row = 0; row < 5; row++) {
            assertEquals(49407, batch.tokens()[row * 77 + 76], "the end-of-text token stands last");
        }
    }

    @Test
    void refusesCaptionsWithoutWords() {
        assertThrows(IllegalArgumentException.class, () -> new SyntheticPairs(TOKENIZER, 1, 4, 77, 0, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> new SyntheticPairs(TOKENIZER, 1, 4, 77, 4, 3, 1));
    }

    @Test
    void refusesAnEmptyBatch() {
        assertThrows(IllegalArgumentException.class, () -> new SyntheticPairs(TOKENIZER, 0, 4, 77, 1));
    }
}
