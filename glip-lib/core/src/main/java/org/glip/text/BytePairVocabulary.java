package org.glip.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.glip.files.Resources;

/**
 * CLIP's vocabulary: 256 bytes, the same 256 at the end of a word, 48,894 merged pairs in the order of their merging,
 * and two special tokens.
 *
 * <p>In the file each byte is written as one printable character, and the end of a word as {@code </w>} (open_clip,
 * {@code tokenizer.py}).
 */
final class BytePairVocabulary {
    private static final String FILE = "bpe_simple_vocab_16e6.txt.gz";
    static final int SIZE = 49_408;
    static final int START_OF_TEXT = SIZE - 2;
    static final int END_OF_TEXT = SIZE - 1;
    static final String START_OF_TEXT_WORD = "<start_of_text>";
    static final String END_OF_TEXT_WORD = "<end_of_text>";
    private static final String END_OF_WORD = "</w>";
    private static final int BYTES = 256;
    private static final int FIRST_MERGED = 2 * BYTES;

    private final String[] tokens = new String[SIZE];
    /** The id of each byte inside a word. */
    private final int[] idOfByte = new int[BYTES];
    /** The byte that each character of a token stands for. */
    private final Map<Character, Byte> byteOfCharacter = new HashMap<>();

    private final PairTable merges = new PairTable(START_OF_TEXT - FIRST_MERGED);

    /**
     * Reads the vocabulary from the resources.
     *
     * @throws IllegalStateException if the file is missing or holds no such vocabulary
     */
    BytePairVocabulary() {
        nameBytes();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Resources.open(BytePairVocabulary.class, FILE), 1 << 16),
                StandardCharsets.UTF_8))) {
            lines.readLine(); // the version
            readMerges(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("The vocabulary org/glip/text/" + FILE + " cannot be read.", e);
        }
        tokens[START_OF_TEXT] = START_OF_TEXT_WORD;
        tokens[END_OF_TEXT] = END_OF_TEXT_WORD;
    }

    /** Printable bytes come first and are written as themselves, the others follow as the characters from U+0100 on. */
    private void nameBytes() {
        int id = 0;
        for (int value = 0; value < BYTES; value++) {
            if (isPrintable(value)) {
                nameByte(id++, value, (char) value);
            }
        }
        char other = BYTES;
        for (int value = 0; value < BYTES; value++) {
            if (!isPrintable(value)) {
                nameByte(id++, value, other++);
            }
        }
    }

    private static boolean isPrintable(int value) {
        return (value > ' ' && value < 0x7F) || (value > 0xA0 && value != 0xAD);
    }

    private void nameByte(int id, int value, char name) {
        idOfByte[value] = id;
        tokens[id] = String.valueOf(name);
        tokens[id + BYTES] = name + END_OF_WORD;
        byteOfCharacter.put(name, (byte) value);
    }

    private void readMerges(BufferedReader lines) throws IOException {
        Map<String, Integer> ids = new HashMap<>(2 * SIZE);
        for (int id = 0; id < FIRST_MERGED; id++) {
            ids.put(tokens[id], id);
        }
        for (int id = FIRST_MERGED; id < START_OF_TEXT; id++) {
            String line = lines.readLine();
            int space = line == null ? -1 : line.indexOf(' ');
            Integer left = space < 0 ? null : ids.get(line.substring(0, space));
            Integer right = space < 0 ? null : ids.get(line.substring(space + 1));
            if (left == null || right == null) {
                throw new IllegalStateException("Line " + (id - FIRST_MERGED + 2) + " of org/glip/text/" + FILE
                        + " should be two tokens of earlier lines but is: " + line);
            }
            tokens[id] = tokens[left].concat(tokens[right]);
            ids.put(tokens[id], id);
            merges.put(left, right, id);
        }
    }

    /** The id of a byte that does not end a word. */
    int idOfByte(byte value) {
        return idOfByte[value & 0xFF];
    }

    /** The id of the same token at the end of a word. */
    static int atEndOfWord(int idOfByte) {
        return idOfByte + BYTES;
    }

    /** The id that two neighbours merge into, or -1. Lower ids are merged first. */
    int merge(int left, int right) {
        return merges.get(left, right);
    }

    /**
     * The text of some tokens, a space after each word, as open_clip's {@code decode}.
     *
     * @throws IllegalArgumentException if an id is not in the vocabulary
     */
    String decode(int... ids) {
        StringBuilder characters = new StringBuilder();
        for (int id : ids) {
            if (id < 0 || id >= SIZE) {
                throw new IllegalArgumentException("The token id " + id + " is not within 0 to " + (SIZE - 1) + ".");
            }
            characters.append(tokens[id]);
        }
        byte[] bytes = new byte[characters.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = byteOfCharacter.get(characters.charAt(i));
        }
        return new String(bytes, StandardCharsets.UTF_8).replace(END_OF_WORD, " ");
    }
}
