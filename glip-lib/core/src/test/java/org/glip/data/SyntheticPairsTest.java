package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.glip.text.CaptionTokens;
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
        assertEquals(3, second.pixels().size());
        second.pixels().forEach(picture -> assertEquals(3 * 4 * 4, picture.length));
        assertFalse(Arrays.deepEquals(ids(first), ids(second)));
    }

    @Test
    void isAFunctionOfTheSeed() {
        Batch one = new SyntheticPairs(TOKENIZER, 2, 4, 77, 5).next();
        Batch same = new SyntheticPairs(TOKENIZER, 2, 4, 77, 5).next();

        Batch other = new SyntheticPairs(TOKENIZER, 2, 4, 77, 6).next();
        assertArrayEquals(pixels(one), pixels(same));
        assertArrayEquals(ids(one), ids(same));
        assertFalse(Arrays.deepEquals(pixels(one), pixels(other)));
    }

    private static float[][] pixels(Batch batch) {
        return batch.pixels().toArray(float[][]::new);
    }

    private static int[][] ids(Batch batch) {
        return batch.tokens().stream().map(CaptionTokens::ids).toArray(int[][]::new);
    }

    @Test
    void captionsAsLongAsTheContextFillIt() {
        Batch batch = new SyntheticPairs(TOKENIZER, 5, 4, 77, 77, 77, 1).next();
        for (CaptionTokens caption : batch.tokens()) {
            assertEquals(49407, caption.ids()[76], "the end-of-text token stands last");
            assertEquals(77, caption.length());
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
