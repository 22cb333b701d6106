package org.glip.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pieces of HTML that tables, panels and notebooks share. */
public final class Markup {
    private Markup() {}

    /**
     * {@return text as it stands in HTML, in an attribute too}
     *
     * @param text any text
     */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * {@return a picture that is a part of the page}
     *
     * @param picture the picture
     * @param shows what it shows, in words, for those who do not see it
     */
    public static String picture(BufferedImage picture, String shows) {
        return "<img alt=\"" + escaped(shows) + "\" src=\"" + address(picture, "png") + "\">";
    }

    /** The picture itself as an address, in a format that Java writes. */
    static String address(BufferedImage picture, String format) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, file);
        } catch (IOException e) {
            throw new UncheckedIOException("The picture could not be written as " + format + ": " + e.getMessage(), e);
        }
        return "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(file.toByteArray());
    }
}
