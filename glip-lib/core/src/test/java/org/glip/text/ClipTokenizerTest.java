package org.glip.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClipTokenizerTest {
    private static final ClipTokenizer TOKENIZER = ClipTokenizer.load();

    @Test
    void givesTheIdsOfOpenClip() throws IOException {
        List<JsonArray> lines = GoldenFile.read("clip-tokens.jsonl.gz");
        List<String> different = new ArrayList<>();
        for (JsonArray line : lines) {
            int[] expected = GoldenFile.ids(line.get(1).getAsJsonArray());
            int[] actual = TOKENIZER.encode(line.get(0).getAsString());
            if (!Arrays.equals(expected, actual)) {
                different.add(line.get(0) + " " + Arrays.toString(actual) + " instead of " + line.get(1));
            }
        }
        assertTrue(lines.size() > 10_000, "the golden file has " + lines.size() + " lines");
        assertEquals(List.of(), different);
    }

    @Test
    void decodesAsOpenClip() throws IOException {
        for (JsonArray line : GoldenFile.read("clip-decoded.jsonl.gz")) {
            int[] ids = GoldenFile.ids(line.get(0).getAsJsonArray());
            assertEquals(line.get(1).getAsString(), TOKENIZER.decode(ids), () -> Arrays.toString(ids));
        }
    }

    @Test
    void hasTheVocabularyOfClip() {
        assertEquals(49_408, TOKENIZER.vocabularySize());
        assertEquals(49_406, ClipTokenizer.START_OF_TEXT);
        assertEquals(49_407, ClipTokenizer.END_OF_TEXT);
    }

    @Test
    void setsTextBetweenStartAndEndAndPadsWithZeros() {
        CaptionTokens tokens = TOKENIZER.tokenize("A photo of a cat", 9);
        assertArrayEquals(new int[] {49_406, 320, 1125, 539, 320, 2368, 49_407, 0, 0}, tokens.ids());
        assertEquals(7, tokens.length());
    }

    @Test
    void aTextThatNamesTheEndTokenEndsThere() {
        CaptionTokens tokens = TOKENIZER.tokenize("a photo <END_OF_TEXT> of a <end_of_text> cat", 11);
        assertArrayEquals(new int[] {49_406, 320, 1125, 49_407, 539, 320, 49_407, 2368, 49_407, 0, 0}, tokens.ids());
        assertEquals(4, tokens.length());
        assertEquals(2, TOKENIZER.tokenize("<end_of_text> a photo", 9).length());
        assertEquals(4, TOKENIZER.tokenize("a photo of <end_of_text>", 4).length(), "the name is cut off");
    }

    @Test
    void theLengthIsThatUpToTheFirstOfTheLargestIds() throws IOException {
        int reached = 0;
        for (JsonArray line : GoldenFile.read("clip-tokens.jsonl.gz")) {
            for (int context : new int[] {8, 77}) {
                CaptionTokens tokens = TOKENIZER.tokenize(line.get(0).getAsString(), context);
                int largest = Arrays.stream(tokens.ids()).max().getAsInt();
                int[] ids = tokens.ids();
                int first = IntStream.range(0, context)
                        .filter(t -> ids[t] == largest)
                        .findFirst()
                        .getAsInt();
                assertEquals(first + 1, tokens.length(), () -> line.get(0).getAsString());
                reached += tokens.length() == context ? 1 : 0;
            }
        }
        assertTrue(reached > 100, "texts that fill the context: " + reached);
    }

    @Test
    void cutsLongTextAndKeepsTheEndToken() {
        String text = "one two three. 1234 ".repeat(50);
        int[] all = TOKENIZER.encode(text);
        for (int contextLength = 2; contextLength < 90; contextLength++) {
            CaptionTokens caption = TOKENIZER.tokenize(text, contextLength);
            int[] tokens = caption.ids();
            assertEquals(contextLength, caption.length());
            assertEquals(contextLength, tokens.length);
            assertEquals(ClipTokenizer.START_OF_TEXT, tokens[0]);
            assertEquals(ClipTokenizer.END_OF_TEXT, tokens[contextLength - 1]);
            assertArrayEquals(Arrays.copyOf(all, contextLength - 2), Arrays.copyOfRange(tokens, 1, contextLength - 1));
        }
    }

    @Test
    void keepsTheWholeTextIfItJustFits() {
        assertArrayEquals(new int[] {49_406, 320, 1125, 539, 320, 2368, 49_407}, ids("a photo of a cat", 7));
        assertArrayEquals(new int[] {49_406, 320, 1125, 539, 320, 49_407}, ids("a photo of a cat", 6));
        assertArrayEquals(new int[] {49_407}, ids("a photo of a cat", 1));
        assertEquals(1, TOKENIZER.tokenize("a photo of a cat", 1).length());
    }

    private static int[] ids(String text, int contextLength) {
        return TOKENIZER.tokenize(text, contextLength).ids();
    }

    @Test
    void tokenizesAnEmptyText() {
        assertArrayEquals(new int[0], TOKENIZER.encode(""));
        assertArrayEquals(new int[] {49_406, 49_407, 0}, ids(" \n", 3));
        assertEquals(2, TOKENIZER.tokenize("", 3).length());
    }

    @Test
    void aCaptionIsNeitherEmptyNorLongerThanItsIds() {
        assertThrows(IllegalArgumentException.class, () -> new CaptionTokens(new int[3], 0));
        assertThrows(IllegalArgumentException.class, () -> new CaptionTokens(new int[3], 4));
        assertEquals(3, new CaptionTokens(new int[3], 3).length());
    }

    @Test
    void refusesContextsWithoutRoom() {
        Exception error = assertThrows(IllegalArgumentException.class, () -> TOKENIZER.tokenize("cat", 0));
        assertTrue(error.getMessage().contains("context length"), error.getMessage());
    }

    @Test
    void refusesIdsThatAreNotInTheVocabulary() {
        assertThrows(IllegalArgumentException.class, () -> TOKENIZER.decode(320, 49_408));
        assertThrows(IllegalArgumentException.class, () -> TOKENIZER.decode(-1));
    }

    @Test
    void acceptsAnyCharacters() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(
                        (char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : 0xD700 + random.nextInt(0x1000)));
            }
            for (int id : ids(text.toString(), 16)) {
                assertTrue(id >= 0 && id < 49_408);
            }
        }
        assertArrayEquals(TOKENIZER.encode("a \uFFFD\uFFFD b"), TOKENIZER.encode("a \uDE00\uD83D\0 b"));
    }

    @Test
    void givesTheSameIdsWhateverWordsWereSeenBefore() {
        List<String> words = IntStream.range(0, 200_000)
                .mapToObj(i -> Integer.toString(i, 36).replaceAll("[0-9]", "q"))
                .toList();
        ClipTokenizer used = ClipTokenizer.load();
        words.forEach(used::encode);
        for (int i = 0; i < words.size(); i += 1000) {
            assertArrayEquals(TOKENIZER.encode(words.get(i)), used.encode(words.get(i)), words.get(i));
        }
    }

    @Test
    void givesTheSameIdsInAllThreads() {
        ClipTokenizer shared = ClipTokenizer.load();
        List<String> texts = IntStream.range(0, 3000)
                .mapToObj(i -> "picture " + Integer.toString(i * 7919, 36) + " of café №" + i % 50)
                .toList();
        List<int[]> together = texts.parallelStream().map(shared::encode).toList();
        for (int i = 0; i < texts.size(); i++) {
            assertArrayEquals(TOKENIZER.encode(texts.get(i)), together.get(i), texts.get(i));
        }
    }

    @Test
    void takesAVeryLongWord() {
        int[] ids = TOKENIZER.encode("haha".repeat(50_000));
        assertTrue(ids.length > 10_000);
        assertEquals("haha".repeat(50_000) + " ", TOKENIZER.decode(ids));
    }
}
