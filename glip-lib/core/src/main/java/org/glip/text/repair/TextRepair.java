package org.glip.text.repair;

/**
 * Repairs text of unknown history: references of HTML left in it, wrong decoding, odd characters. Equals {@code
 * ftfy.fix_text} (6.3.1) with its default settings. It is ours because no Java library has ftfy's rules, and a caption
 * repaired otherwise has other ids than open_clip trained on.
 */
final class TextRepair {
    /** The most code points that are looked at together. */
    private static final int LONGEST_SEGMENT = 1_000_000;

    private TextRepair() {}

    /**
     * Repairs a text line by line.
     *
     * <p>From the first line on that has a {@code <}, the text is taken for HTML source and its references are kept.
     */
    static String repair(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        boolean isHtml = false;
        int start = 0;
        while (start < text.length()) {
            int end = endOfSegment(text, start);
            String segment = text.substring(start, end);
            isHtml |= segment.indexOf('<') >= 0;
            repaired.append(repairSegment(segment, isHtml));
            start = end;
        }
        return repaired.toString();
    }

    private static int endOfSegment(String text, int start) {
        int lineFeed = text.indexOf('\n', start);
        int end = lineFeed < 0 ? text.length() : lineFeed + 1;
        return text.codePointCount(start, end) > LONGEST_SEGMENT
                ? text.offsetByCodePoints(start, LONGEST_SEGMENT)
                : end;
    }

    /** Repeats all repairs until nothing changes: one may bring to light what another repairs. */
    private static String repairSegment(String segment, boolean isHtml) {
        String before;
        String after = segment;
        do {
            before = after;
            String unescaped = isHtml ? before : HtmlEntities.unescapeCertain(before);
            String decoded = EncodingRepair.repair(unescaped);
            after = PythonText.normalizeNfc(CharacterRepair.repair(decoded));
        } while (!after.equals(before));
        return after;
    }
}
