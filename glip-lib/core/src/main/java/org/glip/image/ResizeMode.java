package org.glip.image;

/** How a picture becomes a square where nothing is drawn: {@code resize_mode} of open_clip. */
public enum ResizeMode {
    /** The shortest side becomes that of the square, and what is over is cropped on both sides: CLIP's own. */
    SHORTEST,
    /** The longest side becomes that of the square, with bars on both sides of the shorter one. */
    LONGEST,
    /** Both sides become that of the square, whatever their ratio. */
    SQUASH
}
