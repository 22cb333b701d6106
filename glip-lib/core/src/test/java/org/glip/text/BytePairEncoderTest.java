package org.glip.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BytePairEncoderTest {
    private static final BytePairVocabulary VOCABULARY = new BytePairVocabulary();
    private final BytePairEncoder encoder = new BytePairEncoder(VOCABULARY);

    @Test
    void mergesAsTheDefinitionDoesRoundByRound() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder word = new StringBuilder();
            int letters = 1 + random.nextInt(26);
            for (int length = 1 + random.nextInt(16); length > 0; length--) {
                word.append((char) ('a' + random.nextInt(letters)));
            }
            assertArrayEquals(inRounds(word.toString()), encoder.encode(word.toString()), word::toString);
        }
    }

    /** Merges, as long as there is one, all places of the pair with the lowest id. */
    private static int[] inRounds(String word) {
        List<Integer> ids = new ArrayList<>();
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            ids.add(VOCABULARY.idOfByte(b));
        }
        ids.set(ids.size() - 1, BytePairVocabulary.atEndOfWord(ids.get(ids.size() - 1)));
        while (true) {
            int lowest = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < ids.size(); i++) {
                int merged = VOCABULARY.merge(ids.get(i), ids.get(i + 1));
                lowest = merged < 0 ? lowest : Math.min(lowest, merged);
            }
            if (lowest == Integer.MAX_VALUE) {
                return ids.stream().mapToInt(Integer::intValue).toArray();
            }
            for (int i = 0; i + 1 < ids.size(); i++) {
                if (VOCABULARY.merge(ids.get(i), ids.get(i + 1)) == lowest) {
                    ids.set(i, lowest);
                    ids.remove(i + 1);
                }
            }
        }
    }

    @Test
    void losesNoByte() {
        for (String word : List.of("a", "é", "photograph", "写真", "😀😀", "!!!!!", "\0", "<start_of_text")) {
            assertEquals(word + " ", VOCABULARY.decode(encoder.encode(word)));
        }
        assertEquals(0, encoder.encode("").length);
    }
}
