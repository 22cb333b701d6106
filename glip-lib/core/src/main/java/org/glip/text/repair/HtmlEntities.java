package org.glip.text.repair;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.glip.files.Resources;

/**
 * Decodes character references: {@code &eacute;}, {@code &#233;}, {@code &#xE9;}.
 *
 * <p>{@link #unescape} follows the HTML standard's rules for faulty text and equals Python's {@code html.unescape};
 * {@link #unescapeCertain} decodes only what cannot be meant otherwise and equals ftfy 6.3.1's {@code unescape_html}.
 */
final class HtmlEntities {
    /** The longest reference, between its ampersand and its semicolon, that is certain. */
    private static final int LONGEST_CERTAIN = 24;

    private static final String REPLACEMENT = "\uFFFD";
    private static final int BEYOND_UNICODE = Character.MAX_CODE_POINT + 1;

    /** What each name stands for; most names end in a semicolon. */
    private static final Map<String, String> NAMED = readTable();

    private static final int LONGEST_NAME =
            NAMED.keySet().stream().mapToInt(String::length).max().orElse(0);

    /** Names in capitals that are no names themselves, with the capitals of what they stand for. */
    private static final Map<String, String> CAPITALS = capitals();

    private HtmlEntities() {}

    private static Map<String, String> readTable() {
        Map<String, String> table = new HashMap<>();
        for (String line : Resources.lines(HtmlEntities.class, "html5-entities.txt")) {
            int tab = line.indexOf('\t');
            StringBuilder characters = new StringBuilder();
            for (String character : line.substring(tab + 1).split(" ")) {
                characters.appendCodePoint(Integer.parseInt(character, 16));
            }
            table.put(line.substring(0, tab), characters.toString());
        }
        return Map.copyOf(table);
    }

    private static Map<String, String> capitals() {
        Map<String, String> capitals = new HashMap<>();
        NAMED.forEach((name, characters) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            boolean isLower = name.equals(name.toLowerCase(Locale.ROOT));
            if (name.endsWith(";") && isLower && nameLength(upper, 0) == 0) {
                capitals.put(upper, characters.toUpperCase(Locale.ROOT));
            }
        });
        return Map.copyOf(capitals);
    }

    /** Decodes every reference, also names that lack their semicolon. */
    static String unescape(String text) {
        return replaceReferences(text, HtmlEntities::append);
    }

    /** Decodes references that end in a semicolon; also names in capitals where that is unambiguous. */
    static String unescapeCertain(String text) {
        return replaceReferences(text, HtmlEntities::appendCertain);
    }

    /** Decodes what begins after an ampersand. */
    private interface Decoder {
        /**
         * Appends what the reference at {@code start} means and returns its end; returns {@code start} if it is none.
         */
        int decode(String text, int start, StringBuilder decoded);
    }

    private static String replaceReferences(String text, Decoder decoder) {
        int ampersand = text.indexOf('&');
        if (ampersand < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int copied = 0;
        while (ampersand >= 0) {
            decoded.append(text, copied, ampersand);
            copied = decoder.decode(text, ampersand + 1, decoded);
            if (copied == ampersand + 1) {
                decoded.append('&');
            }
            ampersand = text.indexOf('&', copied);
        }
        return decoded.append(text, copied, text.length()).toString();
    }

    private static int append(String text, int start, StringBuilder decoded) {
        if (text.startsWith("#", start)) {
            return appendNumeric(text, start, decoded);
        }
        int end = start + nameLength(text, start);
        if (end > start) {
            decoded.append(NAMED.get(text.substring(start, end)));
        }
        return end;
    }

    /** The length of the longest name that begins at a place, 0 if none does. */
    private static int nameLength(String text, int start) {
        int end = start;
        while (end < text.length() && end - start < LONGEST_NAME && isAsciiAlphanumeric(text.charAt(end))) {
            end++;
        }
        if (text.startsWith(";", end)) {
            end++;
        }
        while (end > start && !NAMED.containsKey(text.substring(start, end))) {
            end--;
        }
        return end - start;
    }

    private static int appendNumeric(String text, int start, StringBuilder decoded) {
        boolean hexadecimal = text.startsWith("x", start + 1) || text.startsWith("X", start + 1);
        int radix = hexadecimal ? 16 : 10;
        int digits = start + (hexadecimal ? 2 : 1);
        int end = digits;
        int number = 0;
        while (end < text.length() && asciiDigit(text.charAt(end), radix) >= 0) {
            number = Math.min(BEYOND_UNICODE, number * radix + asciiDigit(text.charAt(end), radix));
            end++;
        }
        if (end == digits) {
            return start;
        }
        decoded.append(characterOf(number));
        return text.startsWith(";", end) ? end + 1 : end;
    }

    private static int asciiDigit(char c, int radix) {
        return c < 0x80 ? Character.digit(c, radix) : -1;
    }

    /** What a number means by the standard: windows-1252 for control characters, nothing for what is no character. */
    private static String characterOf(int number) {
        if (number == 0 || number >= BEYOND_UNICODE || (number >= 0xD800 && number <= 0xDFFF)) {
            return REPLACEMENT;
        }
        if (number >= 0x80 && number <= 0x9F) {
            return String.valueOf(SingleByteEncoding.WINDOWS_1252.character(number));
        }
        boolean control = number < 0x20 && !(number >= '\t' && number <= '\r' && number != 0x0B) || number == 0x7F;
        boolean noncharacter = (number & 0xFFFE) == 0xFFFE || (number >= 0xFDD0 && number <= 0xFDEF);
        return control || noncharacter ? "" : Character.toString(number);
    }

    private static int appendCertain(String text, int start, StringBuilder decoded) {
        boolean numeric = text.startsWith("#", start);
        int inner = numeric ? start + 1 : start;
        int semicolon = inner;
        while (semicolon < text.length() && isAsciiAlphanumeric(text.charAt(semicolon))) {
            semicolon++;
        }
        int length = semicolon - inner;
        if (length == 0 || length > LONGEST_CERTAIN || !text.startsWith(";", semicolon)) {
            return start;
        }
        String reference = text.substring(start, semicolon + 1);
        String meaning = numeric ? unescape("&" + reference) : NAMED.getOrDefault(reference, CAPITALS.get(reference));
        // a semicolon left over tells that the number was only part of the reference
        if (meaning == null || (numeric && meaning.contains(";"))) {
            return start;
        }
        decoded.append(meaning);
        return semicolon + 1;
    }

    private static boolean isAsciiAlphanumeric(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }
}
