package org.glip.report;

import java.awt.image.BufferedImage;

/** A picture that says in words what it shows, for those who do not see it. */
public final class Drawing extends BufferedImage {
    private static final int LONGEST = 600;

    private final String description;

    /**
     * An opaque picture, black at first.
     *
     * @param width in pixels
     * @param height in pixels
     * @param description what it shows, in a sentence or two; what is too long to be listened to is cut
     */
    Drawing(int width, int height, String description) {
        super(width, height, TYPE_INT_RGB);
        this.description = description.length() > LONGEST ? description.substring(0, LONGEST - 1) + "…" : description;
    }

    /** {@return what it shows, in words} */
    public String description() {
        return description;
    }
}
