package org.glip.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expands braces as Python's braceexpand does, which webdataset and open_clip use: <code>{a,b}</code> for alternatives,
 * <code>{000..331}</code> for numbers, <code>{a..e}</code> for letters, both with a step as in <code>{0..10..2}</code>.
 * The longer of two numbers gives the count of digits if either begins with a zero. Braces may stand within
 * alternatives; those that hold neither stand for themselves, as does what follows a backslash.
 */
final class BracePattern {
    /** More names than any data set has shards: beyond it, a mistyped range. */
    private static final int MAX_NAMES = 1_000_000;

    private static final Pattern NUMBERS = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})(?:\\.\\.-?(\\d{1,9}))?");
    private static final Pattern LETTERS = Pattern.compile("([A-Za-z])\\.\\.([A-Za-z])(?:\\.\\.-?(\\d{1,9}))?");
    private static final Pattern PADDED = Pattern.compile("-?0.+");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final String whole;

    private BracePattern(String whole) {
        this.whole = whole;
    }

    /**
     * Expands a pattern, the last braces running fastest.
     *
     * @throws IllegalArgumentException if braces are not in pairs, or stand for more than a million names
     */
    static List<String> expand(String pattern) {
        return new BracePattern(pattern)
                .names(pattern).stream()
                        .map(name -> ESCAPED.matcher(name).replaceAll("$1"))
                        .toList();
    }

    /** The names of a part of the pattern, backslashes still in them. */
    private List<String> names(String part) {
        int open = find(part, 0, '{');
        if (open == part.length()) {
            if (find(part, 0, '}') < part.length()) {
                throw unpaired();
            }
            return List.of(part);
        }
        String before = part.substring(0, open);
        if (find(before, 0, '}') < before.length()) {
            throw unpaired();
        }
        int close = closing(part, open);
        List<String> middles = middles(part.substring(open + 1, close));
        List<String> afters = names(part.substring(close + 1));
        requireFew((long) middles.size() * afters.size());
        List<String> names = new ArrayList<>(middles.size() * afters.size());
        for (String middle : middles) {
            for (String after : afters) {
                names.add(before + middle + after);
            }
        }
        return names;
    }

    private List<String> middles(String content) {
        Matcher numbers = NUMBERS.matcher(content);
        if (numbers.matches()) {
            return numbers(numbers.group(1), numbers.group(2), step(numbers.group(3)));
        }
        Matcher letters = LETTERS.matcher(content);
        if (letters.matches()) {
            return letters(letters.group(1), letters.group(2), step(letters.group(3)));
        }
        List<String> names = new ArrayList<>();
        List<String> parts = splitAtOuterCommas(content);
        for (String part : parts) {
            for (String name : names(part)) {
                names.add(parts.size() == 1 ? "{" + name + "}" : name);
            }
            requireFew(names.size());
        }
        return names;
    }

    /** Where a character stands next that no backslash precedes; the length where nowhere. */
    private static int find(String text, int from, char wanted) {
        int at = from;
        while (at < text.length() && text.charAt(at) != wanted) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private int closing(String part, int open) {
        int depth = 0;
        for (int i = open; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        throw unpaired();
    }

    private static List<String> splitAtOuterCommas(String content) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(content.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(content.substring(start));
        return parts;
    }

    /** A step without its sign, which the ends give; 0 is as good as none. */
    private static int step(@Nullable String digits) {
        return digits == null ? 1 : Math.max(1, Integer.parseInt(digits));
    }

    private List<String> numbers(String first, String last, int step) {
        int from = Integer.parseInt(first);
        int to = Integer.parseInt(last);
        requireFew(Math.abs((long) to - from) / step + 1);
        boolean padded = isPadded(first) || isPadded(last);
        int digits = padded ? Math.max(first.length(), last.length()) : 1;
        List<String> names = new ArrayList<>();
        for (long number = from; from <= to ? number <= to : number >= to; number += from <= to ? step : -step) {
            String plain = Long.toString(Math.abs(number));
            String sign = number < 0 ? "-" : ""; // counts as a digit, as in Python's %05d
            names.add(sign + "0".repeat(Math.max(0, digits - sign.length() - plain.length())) + plain);
        }
        return names;
    }

    private static boolean isPadded(String number) {
        return PADDED.matcher(number).matches();
    }

    /** Capitals come before small letters, with nothing between. */
    private static List<String> letters(String first, String last, int step) {
        int from = ALPHABET.indexOf(first);
        int to = ALPHABET.indexOf(last);
        List<String> names = new ArrayList<>();
        for (int at = from; from <= to ? at <= to : at >= to; at += from <= to ? step : -step) {
            names.add(ALPHABET.substring(at, at + 1));
        }
        return names;
    }

    private void requireFew(long names) {
        if (names > MAX_NAMES) {
            throw new IllegalArgumentException(
                    "shard pattern " + whole + " stands for more than " + MAX_NAMES + " names");
        }
    }

    private IllegalArgumentException unpaired() {
        return new IllegalArgumentException("braces are not in pairs in shard pattern " + whole);
    }
}
