package org.glip.text.repair;

import com.ibm.icu.text.UnicodeSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Finds stretches of wrongly decoded UTF-8 in a text that is otherwise sound, as when texts of two sources are joined.
 *
 * <p>A stretch is a chain of characters that would each have been read from the bytes of one UTF-8 sequence: a lead and
 * its continuation, in any of the encodings that resemble Latin-1 (ftfy 6.3.1, {@code UTF8_DETECTOR_RE}).
 */
final class EmbeddedMojibake {
    private static final List<SingleByteEncoding> LIKE_LATIN_1 = List.of(
            SingleByteEncoding.LATIN_1,
            SingleByteEncoding.WINDOWS_1250,
            SingleByteEncoding.WINDOWS_1251,
            SingleByteEncoding.WINDOWS_1252,
            SingleByteEncoding.WINDOWS_1253,
            SingleByteEncoding.WINDOWS_1254,
            SingleByteEncoding.WINDOWS_1257);

    private static final UnicodeSet LEAD_OF_TWO = charactersOf(0xC2, 0xDF).freeze();
    private static final UnicodeSet LEAD_OF_THREE = charactersOf(0xE0, 0xEF).freeze();
    /** The other leads of four bytes belong to unassigned characters. */
    private static final UnicodeSet LEAD_OF_FOUR =
            charactersOf(0xF0, 0xF0).addAll(charactersOf(0xF3, 0xF3)).freeze();
    /** A space may have been byte A0. */
    private static final UnicodeSet CONTINUATION =
            charactersOf(0x80, 0xBF).add(' ').freeze();
    /**
     * Continuations that seldom stand for themselves, unlike dashes, quotation marks, bullets and dots. After one of
     * these a stretch does not start: mending the end of a garble would make it worse.
     */
    private static final UnicodeSet REMAINS_OF_GARBLE = charactersOf(0x80, 0xBF)
            .removeAll(new UnicodeSet("[\\u2013-\\u2015\\u2018-\\u201A\\u201C-\\u201E\\u2022\\u2026]"))
            .freeze();

    private EmbeddedMojibake() {}

    private static UnicodeSet charactersOf(int firstByte, int lastByte) {
        UnicodeSet characters = new UnicodeSet();
        for (SingleByteEncoding encoding : LIKE_LATIN_1) {
            for (int value = firstByte; value <= lastByte; value++) {
                characters.add(encoding.character(value));
            }
        }
        return characters;
    }

    /**
     * Mends each stretch that looks broken and is not the whole text.
     *
     * @param text any text
     * @param repair what mends a stretch
     * @return the text with its stretches mended
     */
    static String repair(String text, UnaryOperator<String> repair) {
        StringBuilder repaired = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = endOfStretch(text, at);
            if (end == at) {
                repaired.append(text.charAt(at++));
                continue;
            }
            String stretch = text.substring(at, end);
            boolean broken = stretch.length() < text.length() && MojibakeDetector.looksBroken(stretch);
            repaired.append(broken ? repair.apply(stretch) : stretch);
            at = end;
        }
        return repaired.toString();
    }

    /** The end of the stretch that starts at {@code start}, or {@code start} if none does. */
    private static int endOfStretch(String text, int start) {
        if (start > 0 && REMAINS_OF_GARBLE.contains(text.charAt(start - 1))) {
            return start;
        }
        int end = start;
        int length = sequenceLength(text, end);
        while (length > 0) {
            end += length;
            length = sequenceLength(text, end);
        }
        return end;
    }

    /** How many characters the sequence at a place has, 0 if there is none. */
    private static int sequenceLength(String text, int start) {
        if (start == text.length()) {
            return 0;
        }
        char lead = text.charAt(start);
        int length =
                LEAD_OF_TWO.contains(lead) ? 2 : LEAD_OF_THREE.contains(lead) ? 3 : LEAD_OF_FOUR.contains(lead) ? 4 : 0;
        if (start + length > text.length()) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if (!CONTINUATION.contains(text.charAt(start + i))) {
                return 0;
            }
        }
        return length;
    }
}
