package org.glip.text.repair;

/**
 * Prepares a caption for the tokenizer: what open_clip's tokenizer does with its default {@code clean="lower"}. The
 * text is repaired, character references are decoded twice, white space is collapsed, letters are lowered.
 */
public final class TextCleaner {
    private TextCleaner() {}

    /**
     * Cleans a caption.
     *
     * @param text as it was found
     * @return what the tokenizer reads
     */
    public static String clean(String text) {
        String repaired = isPlain(text) ? text : HtmlEntities.unescape(HtmlEntities.unescape(TextRepair.repair(text)));
        return PythonText.lower(PythonText.collapseWhiteSpace(repaired));
    }

    /**
     * Whether repair and decoding would leave a text as it is, up to the kind of its white space.
     *
     * <p>That holds for ASCII without control characters and references: nothing in ASCII can come from wrong decoding
     * or has a normal form, and a reference needs an ampersand with neither a space nor the end of the text after it.
     * Of the control characters, tab, line feed, form feed and carriage return are kept by the repair, or become line
     * feeds.
     */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c == '&'
                    ? i + 1 == text.length() || text.charAt(i + 1) == ' '
                    : (c >= ' ' && c <= '~') || c == '\t' || c == '\n' || c == '\f' || c == '\r';
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
