package org.glip.report;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** The few drawing operations that the pictures share. */
final class Canvas {
    private Canvas() {}

    /** A white picture that is a part of another, or nothing to be seen. */
    static BufferedImage blank(int width, int height) {
        return blank(width, height, "");
    }

    /** A white picture that will show what a description says. */
    static Drawing blank(int width, int height, String description) {
        Drawing image = new Drawing(width, height, description);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Palette.PAPER);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    /** A pen with smooth edges and text. */
    static Graphics2D pen(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        return graphics;
    }

    /** The centre square of a picture, scaled to {@code side} pixels, on white where the picture is transparent. */
    static BufferedImage square(BufferedImage picture, int side) {
        int shorter = Math.min(picture.getWidth(), picture.getHeight());
        int x = (picture.getWidth() - shorter) / 2;
        int y = (picture.getHeight() - shorter) / 2;
        BufferedImage centre = picture.getSubimage(x, y, shorter, shorter);
        BufferedImage result = blank(side, side);
        Graphics2D graphics = pen(result);
        if (shorter > side) {
            // Bicubic looks at 4 x 4 pixels only, and would skip the rest of a large picture.
            graphics.drawImage(centre.getScaledInstance(side, side, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        } else {
            graphics.drawImage(centre, 0, 0, side, side, null);
        }
        graphics.dispose();
        return result;
    }

    /** Draws a text in one line, cut with an ellipsis where it does not fit the width. {@code y} is the base line. */
    static void text(Graphics2D graphics, String text, int x, int y, int width, Color color) {
        graphics.setColor(color);
        graphics.drawString(fitted(text, graphics.getFontMetrics(), width), x, y);
    }

    /** Draws a text in one line, centred in the width, cut as {@link #text} does. */
    static void centredText(Graphics2D graphics, String text, int x, int y, int width, Color color) {
        FontMetrics metrics = graphics.getFontMetrics();
        String fitted = fitted(text, metrics, width);
        text(graphics, fitted, x + (width - metrics.stringWidth(fitted)) / 2, y, width, color);
    }

    static String fitted(String text, FontMetrics metrics, int width) {
        String oneLine = text.strip().replaceAll("\\s+", " ");
        if (metrics.stringWidth(oneLine) <= width) {
            return oneLine;
        }
        int end = oneLine.length();
        while (end > 0 && metrics.stringWidth(oneLine.substring(0, end).strip() + "…") > width) {
            end = oneLine.offsetByCodePoints(end, -1);
        }
        return oneLine.substring(0, end).strip() + "…";
    }
}
