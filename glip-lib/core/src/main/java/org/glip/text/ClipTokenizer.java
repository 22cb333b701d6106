package org.glip.text;

import java.util.Arrays;
import java.util.Locale;
import org.glip.text.repair.TextCleaner;

/**
 * CLIP's byte-pair tokenizer.
 *
 * <p>Gives the ids of open_clip's {@code SimpleTokenizer} with its default cleaning: the text is repaired (HTML
 * references, wrong decoding, control characters, ...), lowered, cut into words, and each word into byte pairs. The
 * reference is open_clip 3.3.0 with ftfy 6.3.1, regex 2026.11.19 (Unicode 18.0) and Python 3.11 (Unicode 14.0).
 *
 * <p>Any string is accepted: halves of surrogate pairs count as U+FFFD, null characters are dropped, the empty string
 * has no tokens. Instances hold no changing state that can be seen and may be shared by threads.
 */
public final class ClipTokenizer {
    /** The token before every text. */
    public static final int START_OF_TEXT = BytePairVocabulary.START_OF_TEXT;
    /** The token after every text; the text tower reads its feature there. */
    public static final int END_OF_TEXT = BytePairVocabulary.END_OF_TEXT;

    private final BytePairVocabulary vocabulary;
    private final BytePairEncoder encoder;
    private final WordCache cache = new WordCache();

    private ClipTokenizer(BytePairVocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.encoder = new BytePairEncoder(vocabulary);
    }

    /**
     * Loads the tokenizer with the vocabulary that comes with the library.
     *
     * @return a new tokenizer; loading takes some tens of milliseconds, so keep it
     */
    public static ClipTokenizer load() {
        return new ClipTokenizer(new BytePairVocabulary());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "CLIP's byte-pair tokenizer of %,d tokens", vocabularySize());
    }

    /** {@return the number of tokens, special ones included: 49,408} */
    public int vocabularySize() {
        return BytePairVocabulary.SIZE;
    }

    /**
     * Returns the tokens of a text without the start and end tokens and without limit.
     *
     * @param text any text
     * @return the token ids, from 0 to {@code vocabularySize() - 1}
     */
    public int[] encode(String text) {
        return encode(text, Integer.MAX_VALUE);
    }

    /**
     * Returns the tokens of a text as a text tower takes them: the start token, the text's tokens, the end token,
     * zeros. A text that is too long is cut, and the end token stands last. Where the text itself holds the name of the
     * end token, its feature is read there, as open_clip does, and what follows does not count.
     *
     * @param text any text
     * @param contextLength the number of ids wanted, at least 1; 77 for most CLIP models
     * @return {@code contextLength} token ids, and how many of them are the caption's
     * @throws IllegalArgumentException if {@code contextLength} is less than 1
     */
    public CaptionTokens tokenize(String text, int contextLength) {
        if (contextLength < 1) {
            throw new IllegalArgumentException("The context length is " + contextLength + " but must be at least 1.");
        }
        int[] tokens = new int[contextLength];
        int[] words = encode(text, contextLength - 1);
        int kept = Math.min(words.length, Math.max(0, contextLength - 2));
        tokens[0] = START_OF_TEXT;
        System.arraycopy(words, 0, tokens, Math.min(1, contextLength - 1), kept);
        tokens[Math.min(kept + 1, contextLength - 1)] = END_OF_TEXT;
        int length = 1;
        while (tokens[length - 1] != END_OF_TEXT) {
            length++;
        }
        return new CaptionTokens(tokens, length);
    }

    /**
     * Returns the text of token ids: lower case, a space after each word. Bytes that are not UTF-8 show as U+FFFD. The
     * padding of {@link #tokenize} is not told from the token 0, which is an exclamation mark: pass only what stands
     * before it.
     *
     * @param ids token ids
     * @return what the ids stand for
     * @throws IllegalArgumentException if an id is not in the vocabulary
     */
    public String decode(int... ids) {
        return vocabulary.decode(ids);
    }

    /** The tokens of a text, or its first {@code enough} or more. */
    private int[] encode(String text, int enough) {
        String clean = TextCleaner.clean(text);
        WordScanner words = new WordScanner(clean);
        int[] tokens = new int[clean.length() / 4 + 8];
        int count = 0;
        while (count < enough && words.next()) {
            int[] ids = tokensOf(clean, words.start(), words.end());
            if (count + ids.length > tokens.length) {
                tokens = Arrays.copyOf(tokens, Math.max(count + ids.length, 2 * tokens.length));
            }
            System.arraycopy(ids, 0, tokens, count, ids.length);
            count += ids.length;
        }
        return Arrays.copyOf(tokens, count);
    }

    private int[] tokensOf(String text, int start, int end) {
        int[] known = cache.get(text, start, end);
        if (known != null) {
            return known;
        }
        String word = text.substring(start, end);
        int[] ids = encoder.encode(word);
        cache.put(word, ids);
        return ids;
    }
}
