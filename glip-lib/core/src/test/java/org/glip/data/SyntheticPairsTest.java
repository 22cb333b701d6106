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
        SyntheticPairs pairs = SyntheticPairs.builder()
                .setTokenizer(TOKENIZER)
                .setBatchSize(40)
                .setImageSize(4)
                .setContextLength(77)
                .optSeed(1)
                .build();
        int[] lengths = pairs.next().captions().stream()
                .mapToInt(caption -> caption.split(" ").length)
                .toArray();

        assertTrue(Arrays.stream(lengths).allMatch(words -> words >= 8 && words <= 20));
        assertTrue(Arrays.stream(lengths).distinct().count() > 5);
    }

    @Test
    void numbersTheSamplesOn() {
        SyntheticPairs pairs = SyntheticPairs.builder()
                .setTokenizer(TOKENIZER)
                .setBatchSize(3)
                .setImageSize(4)
                .setContextLength(77)
                .optSeed(1)
                .build();
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
        Batch one = SyntheticPairs.builder()
                .setTokenizer(TOKENIZER)
                .setBatchSize(2)
                .setImageSize(4)
                .setContextLength(77)
                .optSeed(5)
                .build()
                .next();
        Batch same = SyntheticPairs.builder()
                .setTokenizer(TOKENIZER)
                .setBatchSize(2)
                .setImageSize(4)
                .setContextLength(77)
                .optSeed(5)
                .build()
                .next();

        Batch other = SyntheticPairs.builder()
                .setTokenizer(TOKENIZER)
                .setBatchSize(2)
                .setImageSize(4)
                .setContextLength(77)
                .optSeed(6)
                .build()
                .next();
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
        Batch batch = SyntheticPairs.builder()
                .setTokenizer(TOKENIZER)
                .setBatchSize(5)
                .setImageSize(4)
                .setContextLength(77)
                .optWords(77, 77)
                .optSeed(1)
                .build()
                .next();
        for (CaptionTokens caption : batch.tokens()) {
            assertEquals(49407, caption.ids()[76], "the end-of-text token stands last");
            assertEquals(77, caption.length());
        }
    }

    @Test
    void refusesCaptionsWithoutWords() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SyntheticPairs.builder()
                        .setTokenizer(TOKENIZER)
                        .setBatchSize(1)
                        .setImageSize(4)
                        .setContextLength(77)
                        .optWords(0, 3)
                        .optSeed(1)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> SyntheticPairs.builder()
                        .setTokenizer(TOKENIZER)
                        .setBatchSize(1)
                        .setImageSize(4)
                        .setContextLength(77)
                        .optWords(4, 3)
                        .optSeed(1)
                        .build());
    }

    @Test
    void refusesAnEmptyBatch() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SyntheticPairs.builder()
                        .setTokenizer(TOKENIZER)
                        .setBatchSize(0)
                        .setImageSize(4)
                        .setContextLength(77)
                        .optSeed(1)
                        .build());
    }
}
