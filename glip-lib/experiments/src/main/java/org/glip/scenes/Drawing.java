package org.glip.scenes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A drawing as its package holds it.
 *
 * @param concept what it shows
 * @param name where it comes from, for messages
 * @param content an SVG document or a WebP file
 * @param vector whether it is an SVG document
 */
record Drawing(Concept concept, String name, byte[] content, boolean vector) {
    /** Side of a foreground, in pixels: above the largest object in a picture of 128 pixels. */
    static final int FOREGROUND_SIDE = 96;

    /** Drawn at twice the size, then shrunk: the second smoothing is better than Java2D's alone. */
    private static final int RASTER_SIDE = 2 * FOREGROUND_SIDE;
    /** Fainter than this is no part of the object. */
    private static final int VISIBLE_ALPHA = 8;
    /** A drawing is enlarged to at most 1 / 0.6, so that a "small blue diamond" does not become a large one. */
    private static final double SMALLEST_CROP = 0.6;

    /**
     * Draws it so that the object fills the square: margins differ from style to style, and would otherwise decide how
     * large "half the frame" is.
     *
     * @return a square of {@link #FOREGROUND_SIDE}, or null if there is nothing to be seen
     * @throws IOException if the content is damaged
     */
    @Nullable
    ArgbImage toForeground() throws IOException {
        ArgbImage raster = vector
                ? SvgRasterizer.rasterize(new String(content, StandardCharsets.UTF_8), name, RASTER_SIDE)
                : ArgbImage.decode(content, name);
        Box object = objectIn(raster);
        if (object == null) {
            return null;
        }
        double largest = Math.max(object.width(), object.height());
        double side = Math.max(largest, SMALLEST_CROP * Math.max(raster.width(), raster.height()));
        Box crop = new Box(
                object.x() + (object.width() - side) / 2, object.y() + (object.height() - side) / 2, side, side);
        Canvas canvas = new Canvas(FOREGROUND_SIDE);
        canvas.draw(raster, crop, new Box(0, 0, FOREGROUND_SIDE, FOREGROUND_SIDE), AxisFilter.Edge.TRANSPARENT);
        return canvas.toImage();
    }

    private static @Nullable Box objectIn(ArgbImage image) {
        int left = image.width();
        int right = -1;
        int top = image.height();
        int bottom = -1;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                if (image.argb()[y * image.width() + x] >>> 24 > VISIBLE_ALPHA) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = y;
                }
            }
        }
        return right < 0 ? null : new Box(left, top, right + 1 - left, bottom + 1 - top);
    }
}
