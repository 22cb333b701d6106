package org.glip.results;

/** Cuts long texts for error messages, such as the recipe of a data set, to the place where they differ. */
public final class Excerpt {
    private static final int SHORT = 100;
    private static final int BEFORE = 30;
    private static final int AFTER = 50;

    private Excerpt() {}

    /**
     * Returns the part of a text that tells it from another.
     *
     * @param text what is shown
     * @param other what it differs from
     * @return the text, or its part around the first difference if it is long, with … where something is left out
     */
    public static String of(String text, String other) {
        if (text.length() <= SHORT) {
            return text;
        }
        int difference = 0;
        while (difference < Math.min(text.length(), other.length())
                && text.charAt(difference) == other.charAt(difference)) {
            difference++;
        }
        int from = Math.max(0, difference - BEFORE);
        int to = Math.min(text.length(), difference + AFTER);
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    }
}
