package org.glip.notebook;

import java.awt.image.BufferedImage;

/**
 * A piece of HTML to be shown as a page, not as text.
 *
 * @param markup the HTML, without the page's frame
 * @param text what a reader without a browser sees instead
 */
public record Html(String markup, String text) {
    /**
     * {@return text as it stands in HTML}
     *
     * @param text any text
     */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * {@return the markup of a picture}
     *
     * @param picture the picture, which becomes a part of the page
     * @param alternative what it shows, in words, for those who do not see it
     */
    public static String image(BufferedImage picture, String alternative) {
        return "<img alt=\"" + escape(alternative) + "\" src=\"data:image/png;base64," + Rich.png(picture) + "\">";
    }
}
