package org.glip.text.repair;

import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.text.UnicodeSet.SpanCondition;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.Map;

/**
 * Replaces or removes single characters that are seldom meant: ligatures, full and half width, curly quotation marks,
 * unusual line breaks, halves of surrogate pairs, control characters and terminal escape sequences.
 *
 * <p>Equals the steps {@code fix_c1_controls} to {@code remove_control_chars} of ftfy 6.3.1, in their order.
 */
final class CharacterRepair {
    private static final char ESCAPE = '\u001B';
    private static final char REPLACEMENT = '\uFFFD';

    private static final UnicodeSet DOUBLE_QUOTES = new UnicodeSet("[\\u201C-\\u201F]").freeze();
    private static final UnicodeSet SINGLE_QUOTES = new UnicodeSet("[\\u02BC\\u2018-\\u201B]").freeze();
    private static final UnicodeSet LINE_BREAKS = new UnicodeSet("[\\u000D\\u2028\\u2029]").freeze();

    /** Ligatures and digraphs of Latin letters; the order and the gaps are those of Unicode. */
    private static final Map<Character, String> LIGATURES = ligatures();

    /** What else to put for a character. */
    private static final Map<Character, String> REPLACEMENTS = replacements();

    private static final UnicodeSet REPLACED = replaced();

    /** Control characters that show nothing; those of the range 80 to 9F have been read as windows-1252 before. */
    private static final UnicodeSet REMOVED = new UnicodeSet(
                    "[\\u0000-\\u0008\\u000B\\u000E-\\u001F\\u007F\\u206A-\\u206F\\uFEFF\\uFFF9-\\uFFFC]")
            .freeze();

    private CharacterRepair() {}

    static String repair(String text) {
        return removeControls(replace(text));
    }

    private static String replace(String text) {
        int at = REPLACED.span(text, SpanCondition.NOT_CONTAINED);
        if (at == text.length()) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length() + 16).append(text, 0, at);
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (Character.isSurrogate(c)) {
                // as a code point: the halves of a pair are never met alone
                repaired.append(REPLACEMENT);
            } else if (c != '\r' || !text.startsWith("\n", at)) {
                repaired.append(REPLACEMENTS.get(c));
            }
            int next = REPLACED.span(text, at, SpanCondition.NOT_CONTAINED);
            repaired.append(text, at, next);
            at = next;
        }
        return repaired.toString();
    }

    private static String removeControls(String text) {
        int at = REMOVED.span(text, SpanCondition.NOT_CONTAINED);
        if (at == text.length()) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length()).append(text, 0, at);
        while (at < text.length()) {
            at = text.charAt(at) == ESCAPE ? endOfEscape(text, at) : at + 1;
            int next = REMOVED.span(text, at, SpanCondition.NOT_CONTAINED);
            repaired.append(text, at, next);
            at = next;
        }
        return repaired.toString();
    }

    /** The end of a sequence such as {@code ESC[31;1m}; the place after the escape if it starts none. */
    private static int endOfEscape(String text, int escape) {
        int end = escape + 1;
        if (!text.startsWith("[", end)) {
            return end;
        }
        end++;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            if (character != ';' && !PythonText.isDecimalDigit(character)) {
                boolean isCommand = character < 0x80 && Character.isLetter(character);
                return isCommand ? end + 1 : escape + 1;
            }
            end += Character.charCount(character);
        }
        return escape + 1;
    }

    private static Map<Character, String> ligatures() {
        Map<Character, String> ligatures = new HashMap<>(Map.of('ĳ', "ij", 'Ĳ', "IJ", 'ŉ', "ʼn"));
        String digraphs = "ǄDŽ ǅDž ǆdž ǇLJ ǈLj ǉlj ǊNJ ǋNj ǌnj ǱDZ ǲDz ǳdz ﬀff ﬁfi ﬂfl ﬃffi ﬄffl ﬅſt ﬆst";
        for (String digraph : digraphs.split(" ")) {
            ligatures.put(digraph.charAt(0), digraph.substring(1));
        }
        return Map.copyOf(ligatures);
    }

    private static Map<Character, String> replacements() {
        Map<Character, String> replacements = new HashMap<>();
        for (char c = 0x80; c < 0xFFFF; c++) {
            String replacement = straightQuotes(standardWidth(ligature(EncodingRepair.readControlAsWindows1252(c))));
            if (!replacement.equals(String.valueOf(c))) {
                replacements.put(c, replacement);
            }
        }
        for (String lineBreak : LINE_BREAKS) {
            replacements.put(lineBreak.charAt(0), "\n");
        }
        return Map.copyOf(replacements);
    }

    private static String ligature(char c) {
        return LIGATURES.getOrDefault(c, String.valueOf(c));
    }

    /** Full-width Latin, half-width katakana and Hangul, and the ideographic space. */
    private static String standardWidth(String characters) {
        char c = characters.charAt(0);
        boolean unusual = c == '\u3000' || (c >= '\uFF01' && c <= '\uFFEF');
        return unusual ? Normalizer.normalize(characters, Form.NFKC) : characters;
    }

    private static String straightQuotes(String characters) {
        StringBuilder straight = new StringBuilder();
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            straight.append(DOUBLE_QUOTES.contains(c) ? '"' : SINGLE_QUOTES.contains(c) ? '\'' : c);
        }
        return straight.toString();
    }

    private static UnicodeSet replaced() {
        UnicodeSet replaced = new UnicodeSet(Character.MIN_SURROGATE, Character.MAX_SURROGATE);
        REPLACEMENTS.keySet().forEach(c -> replaced.add(c));
        return replaced.freeze();
    }
}
