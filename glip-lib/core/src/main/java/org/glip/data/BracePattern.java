package org.glip.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands braces as a shell does: <code>{a,b}</code> for alternatives and <code>{000..331}</code> for numbers, where
 * the longer of the two ends gives the number of digits if either begins with a zero. Braces may stand within
 * alternatives.
 */
final class BracePattern {
    /** More names than any data set has shards: beyond it, a mistyped range. */
    private static final int MAX_NAMES = 1_000_000;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");

    private BracePattern() {}

    /**
     * Expands a pattern, the last braces running fastest.
     *
     * @throws IllegalArgumentException if braces are not in pairs, hold neither a comma nor a range, or stand for more
     *     than a million names
     */
    static List<String> expand(String pattern) {
        int open = pattern.indexOf('{');
        if (open < 0) {
            if (pattern.indexOf('}') >= 0) {
                throw unpaired(pattern);
            }
            return List.of(pattern);
        }
        int close = closing(pattern, open);
        String before = pattern.substring(0, open);
        if (before.indexOf('}') >= 0) {
            throw unpaired(pattern);
        }
        List<String> middles = alternatives(pattern.substring(open + 1, close), pattern);
        List<String> afters = expand(pattern.substring(close + 1));
        requireFew((long) middles.size() * afters.size(), pattern);
        List<String> names = new ArrayList<>(middles.size() * afters.size());
        for (String middle : middles) {
            for (String after : afters) {
                names.add(before + middle + after);
            }
        }
        return names;
    }

    private static int closing(String pattern, int open) {
        int depth = 0;
        for (int i = open; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '{') {
                depth++;
            } else if (pattern.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw unpaired(pattern);
    }

    private static List<String> alternatives(String content, String pattern) {
        Matcher range = RANGE.matcher(content);
        if (range.matches()) {
            return numbers(range.group(1), range.group(2), pattern);
        }
        List<String> parts = splitAtOuterCommas(content);
        if (parts.size() < 2) {
            throw new IllegalArgumentException("{" + content + "} in shard pattern " + pattern
                    + " is neither a range like {00..31} nor a list like {a,b}");
        }
        List<String> names = new ArrayList<>();
        for (String part : parts) {
            names.addAll(expand(part));
            requireFew(names.size(), pattern);
        }
        return names;
    }

    private static List<String> splitAtOuterCommas(String content) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '{') {
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

    private static List<String> numbers(String first, String last, String pattern) {
        int from = Integer.parseInt(first);
        int to = Integer.parseInt(last);
        requireFew(Math.abs((long) to - from) + 1, pattern);
        boolean padded = isPadded(first) || isPadded(last);
        int digits = padded ? Math.max(first.length(), last.length()) : 1;
        int step = from <= to ? 1 : -1;
        List<String> names = new ArrayList<>();
        for (int number = from; number != to + step; number += step) {
            String plain = Integer.toString(number);
            names.add("0".repeat(Math.max(0, digits - plain.length())) + plain);
        }
        return names;
    }

    private static boolean isPadded(String number) {
        return number.length() > 1 && number.startsWith("0");
    }

    private static void requireFew(long names, String pattern) {
        if (names > MAX_NAMES) {
            throw new IllegalArgumentException(
                    "shard pattern " + pattern + " stands for more than " + MAX_NAMES + " names");
        }
    }

    private static IllegalArgumentException unpaired(String pattern) {
        return new IllegalArgumentException("braces are not in pairs in shard pattern " + pattern);
    }
}
