package org.glip.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;

/**
 * Cuts cleaned text into words, scanning it once: runs of letters, single digits, runs of other characters, the English
 * contractions 's 't 're 've 'm 'll 'd, and the names of the special tokens.
 *
 * <p>The words are the matches of the regular expression of open_clip's tokenizer (without regard to case,
 * {@code regex} module with Unicode 18.0). Two properties of that expression are kept: a long s passes for an s in
 * contractions and special tokens; and U+0345, whose case folding is a letter but which is none, belongs to no word.
 */
final class WordScanner {
    private static final char LONG_S = 'ſ';
    private static final char YPOGEGRAMMENI = '\u0345';
    private static final String[] CONTRACTIONS = {"s", "t", "re", "ve", "m", "ll", "d"};

    private static final int LETTERS = 1 << UCharacterCategory.UPPERCASE_LETTER
            | 1 << UCharacterCategory.LOWERCASE_LETTER
            | 1 << UCharacterCategory.TITLECASE_LETTER
            | 1 << UCharacterCategory.MODIFIER_LETTER
            | 1 << UCharacterCategory.OTHER_LETTER;
    private static final int NUMBERS = 1 << UCharacterCategory.DECIMAL_DIGIT_NUMBER
            | 1 << UCharacterCategory.LETTER_NUMBER
            | 1 << UCharacterCategory.OTHER_NUMBER;

    private final String text;
    private int start;
    private int end;

    WordScanner(String text) {
        this.text = text;
    }

    private enum Kind {
        LETTER,
        NUMBER,
        OTHER,
        GAP
    }

    /** Moves to the next word; returns whether there is one. */
    boolean next() {
        start = end;
        while (start < text.length() && kindAt(start) == Kind.GAP) {
            start += width(start);
        }
        if (start == text.length()) {
            return false;
        }
        end = start + fixedLength();
        if (end == start) {
            Kind kind = kindAt(start);
            end = start + width(start);
            while (kind != Kind.NUMBER && end < text.length() && kindAt(end) == kind) {
                end += width(end);
            }
        }
        return true;
    }

    /** Where the word starts in the text. */
    int start() {
        return start;
    }

    /** Where the word ends in the text. */
    int end() {
        return end;
    }

    /** The length of the special token or contraction that starts here, 0 if none does. */
    private int fixedLength() {
        char first = text.charAt(start);
        if (first == '<') {
            return startsHere(0, BytePairVocabulary.START_OF_TEXT_WORD)
                    ? BytePairVocabulary.START_OF_TEXT_WORD.length()
                    : startsHere(0, BytePairVocabulary.END_OF_TEXT_WORD)
                            ? BytePairVocabulary.END_OF_TEXT_WORD.length()
                            : 0;
        }
        if (first == '\'') {
            for (String contraction : CONTRACTIONS) {
                if (startsHere(1, contraction)) {
                    return 1 + contraction.length();
                }
            }
        }
        return 0;
    }

    private boolean startsHere(int offset, String word) {
        if (start + offset + word.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = text.charAt(start + offset + i);
            if (c != word.charAt(i) && !(c == LONG_S && word.charAt(i) == 's')) {
                return false;
            }
        }
        return true;
    }

    private int width(int at) {
        return Character.charCount(text.codePointAt(at));
    }

    private Kind kindAt(int at) {
        char c = text.charAt(at);
        if (c < 0x80) {
            return c >= 'a' && c <= 'z'
                    ? Kind.LETTER
                    : c == ' ' ? Kind.GAP : c >= '0' && c <= '9' ? Kind.NUMBER : otherAscii(c);
        }
        int character = text.codePointAt(at);
        int category = 1 << UCharacter.getType(character);
        if ((category & LETTERS) != 0) {
            return Kind.LETTER;
        }
        if ((category & NUMBERS) != 0) {
            return Kind.NUMBER;
        }
        boolean gap = character == YPOGEGRAMMENI || UCharacter.hasBinaryProperty(character, UProperty.WHITE_SPACE);
        return gap ? Kind.GAP : Kind.OTHER;
    }

    /** Cleaned text has no capitals and no white space but the space; text from elsewhere may have. */
    private static Kind otherAscii(char c) {
        return c >= 'A' && c <= 'Z' ? Kind.LETTER : c >= '\t' && c <= '\r' ? Kind.GAP : Kind.OTHER;
    }
}
