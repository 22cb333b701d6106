package org.glip.text.repair;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.FilteredNormalizer2;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.VersionInfo;
import java.util.Locale;

/**
 * What Python's {@code str} does with white space, case and normal forms.
 *
 * <p>Python 3.11 knows Unicode 14.0; it leaves alone what later versions added. The library that holds the tables here
 * knows more, hence the look at a character's age.
 */
final class PythonText {
    private static final VersionInfo UNICODE = VersionInfo.UNICODE_14_0;
    /** No character below this one takes part in composition or reordering. */
    private static final char FIRST_COMBINING = '\u0300';

    private static final char CAPITAL_SIGMA = '\u03A3';
    private static final char CAPITAL_I_WITH_DOT = '\u0130';

    private PythonText() {}

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** As {@code str.isspace}: Unicode's white space and the four information separators. */
    static boolean isWhiteSpace(char c) {
        if (c < 0x80) {
            return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
        }
        return switch (c) {
            case '\u0085', '\u00A0', '\u1680', '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' -> true;
            default -> c >= '\u2000' && c <= '\u200A';
        };
    }

    /**
     * As {@code " ".join(text.split())}: no white space at the ends, one space wherever there was some between words.
     */
    static String collapseWhiteSpace(String text) {
        StringBuilder collapsed = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isWhiteSpace(c)) {
                gap = !collapsed.isEmpty();
            } else {
                if (gap) {
                    collapsed.append(' ');
                    gap = false;
                }
                collapsed.append(c);
            }
        }
        return collapsed.toString();
    }

    /** As {@code str.lower}: full mappings, with the final form of sigma at the end of a word. */
    static String lower(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder lower = new StringBuilder(text.length() + 1);
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int next = i + Character.charCount(character);
            if (character == CAPITAL_SIGMA) {
                lower.append(endsWord(text, i, next) ? 'ς' : 'σ');
            } else if (character == CAPITAL_I_WITH_DOT) {
                lower.append("i\u0307");
            } else {
                lower.appendCodePoint(lower(character));
            }
            i = next;
        }
        return lower.toString();
    }

    private static int lower(int character) {
        int lower = UCharacter.toLowerCase(character);
        return lower == character || isKnown(character) ? lower : character;
    }

    /**
     * Unicode's condition Final_Sigma: a cased letter before, none after, case-ignorable characters left out of
     * account.
     */
    private static boolean endsWord(String text, int start, int end) {
        int before = start;
        int character = 0;
        while (before > 0) {
            character = text.codePointBefore(before);
            if (!Case.IGNORABLE.contains(character)) {
                break;
            }
            before -= Character.charCount(character);
        }
        if (before == 0 || !Case.CASED.contains(character)) {
            return false;
        }
        for (int after = end; after < text.length(); after += Character.charCount(character)) {
            character = text.codePointAt(after);
            if (!Case.IGNORABLE.contains(character)) {
                return !Case.CASED.contains(character);
            }
        }
        return true;
    }

    private static boolean isKnown(int character) {
        return UCharacter.getAge(character).compareTo(UNICODE) <= 0;
    }

    /** As {@code \d} of {@code re}: a decimal digit of any script. */
    static boolean isDecimalDigit(int character) {
        return UCharacter.isDigit(character) && isKnown(character);
    }

    /** As {@code unicodedata.normalize("NFC", text)}. */
    static String normalizeNfc(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_COMBINING) {
                return Nfc.NORMALIZER.normalize(text);
            }
        }
        return text;
    }

    /** Holds what counts as a letter around a sigma; two characters were reclassified after Unicode 14. */
    private static final class Case {
        static final UnicodeSet CASED = new UnicodeSet("[[[:Cased:]&[:Age=14.0:]]\\u0295]").freeze();
        static final UnicodeSet IGNORABLE = new UnicodeSet("[[[:Case_Ignorable:]&[:Age=14.0:]]\\U0001171E]").freeze();
    }

    /** Holds the normal form's tables, which most captions never need. */
    private static final class Nfc {
        static final Normalizer2 NORMALIZER =
                new FilteredNormalizer2(Normalizer2.getNFCInstance(), new UnicodeSet("[:Age=14.0:]").freeze());
    }
}
