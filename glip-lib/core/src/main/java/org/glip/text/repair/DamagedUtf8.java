package org.glip.text.repair;

import java.util.regex.Pattern;

/**
 * Mends UTF-8 that lost bytes on its way through another encoding. Byte strings are strings of the characters 0 to 255.
 *
 * <p>The sequences are those of ftfy 6.3.1 ({@code chardata}, {@code fixes}). All have a fixed length, so that matching
 * takes linear time.
 */
final class DamagedUtf8 {
    private static final char NO_BREAK_SPACE = '\u00A0';
    /** What a lost character becomes: U+FFFD in UTF-8. */
    private static final String REPLACEMENT = "\u00EF\u00BF\u00BD";

    /** A continuation byte, but not the ones that look like line breaks and spaces. */
    private static final String INNER = "[\\x80-\\x84\\x86-\\x9F\\xA1-\\xBF]";

    private static final String ANY = "[\\x80-\\xBF]";

    /**
     * A with grave as a word of its own, as in French: its second byte became a space, and so did the space after it,
     * and the two were made one. The exceptions are Portuguese contractions, in which it begins a word.
     */
    private static final Pattern LONE_A_GRAVE = Pattern.compile("\\xC3 (?! |quel[ea]|quilo|s )");

    /** Characters of which one byte A0 became a space, where the character is more likely than the space. */
    private static final Pattern SPACE_FOR_A0 = Pattern.compile(String.join(
            "|",
            "[\\xC2\\xC3\\xC5\\xCE\\xD0\\xD9] ",
            "[\\xE2\\xE3] " + INNER,
            "[\\xE0-\\xE3]" + INNER + " ",
            "\\xF0 " + ANY + ANY,
            "\\xF0" + ANY + " " + ANY,
            "\\xF0" + ANY + ANY + " "));

    /** A continuation byte, or the mark of a lost one. */
    private static final String KEPT_OR_LOST = "[\\x1A\\x80-\\xBF]";
    /** The mark of a lost byte; some programs put a question mark. */
    private static final String GONE = "[\\x1A?]";

    private static final String KEPT_OR_GONE = "[\\x1A?\\x80-\\xBF]";

    /** Characters of which at least one byte is lost, and the mark alone. The surrogate pairs of CESU-8 come first. */
    private static final Pattern LOST_BYTES = Pattern.compile(String.join(
            "|",
            "[\\xC2-\\xDF]\\x1A",
            "[\\xC2\\xC3]\\?",
            "\\xED[\\xA0-\\xAF]" + GONE + "\\xED[\\xB0-\\xBF]" + KEPT_OR_GONE,
            "\\xED[\\xA0-\\xAF]" + KEPT_OR_GONE + "\\xED[\\xB0-\\xBF]" + GONE,
            "[\\xE0-\\xEF]" + GONE + KEPT_OR_LOST,
            "[\\xE0-\\xEF]" + KEPT_OR_LOST + GONE,
            "[\\xF0-\\xF4]" + GONE + KEPT_OR_LOST + KEPT_OR_LOST,
            "[\\xF0-\\xF4]" + KEPT_OR_LOST + GONE + KEPT_OR_LOST,
            "[\\xF0-\\xF4]" + KEPT_OR_LOST + KEPT_OR_LOST + GONE,
            "\\x1A"));

    private DamagedUtf8() {}

    /** Puts back bytes A0 that some program took for spaces. */
    static String restoreNoBreakSpaces(String bytes) {
        String words = LONE_A_GRAVE.matcher(bytes).replaceAll("\u00C3" + NO_BREAK_SPACE + " ");
        return SPACE_FOR_A0
                .matcher(words)
                .replaceAll(sequence -> sequence.group().replace(' ', NO_BREAK_SPACE));
    }

    /** Replaces each character that cannot be known any more by the UTF-8 bytes of U+FFFD. */
    static String replaceLostCharacters(String bytes) {
        return LOST_BYTES.matcher(bytes).replaceAll(REPLACEMENT);
    }
}
