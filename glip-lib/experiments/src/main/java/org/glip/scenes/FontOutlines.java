package org.glip.scenes;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The outlines of a TrueType font as SVG documents, so that they are drawn as all others are. */
final class FontOutlines {
    /** Pixels per em: fine enough that the rounding of coordinates cannot be seen. */
    private static final float SIZE = 1024;

    private static final FontRenderContext UNHINTED = new FontRenderContext(null, true, true);
    /** What the layout leaves where several code points became one glyph. */
    private static final int NO_GLYPH = 0xFFFF;

    private final Font font;

    private FontOutlines(Font font) {
        this.font = font;
    }

    /**
     * Reads a font.
     *
     * @param ttf the file
     * @param name what messages call it
     * @throws IOException if it is no TrueType font
     */
    static FontOutlines read(byte[] ttf, String name) throws IOException {
        try {
            return new FontOutlines(Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(ttf))
                    .deriveFont(SIZE));
        } catch (FontFormatException e) {
            throw new IOException(name + " is not a TrueType font: " + e.getMessage(), e);
        }
    }

    /**
     * The outline of an emoji; empty if the font has no single glyph for it.
     *
     * @param id code points in hexadecimal, joined by hyphens
     */
    Optional<String> svg(String id) {
        int[] points = Arrays.stream(id.split("-"))
                .mapToInt(point -> Integer.parseInt(point, 16))
                .toArray();
        String text = new String(points, 0, points.length);
        if (font.canDisplayUpTo(text) >= 0) {
            return Optional.empty();
        }
        char[] characters = text.toCharArray();
        GlyphVector glyphs =
                font.layoutGlyphVector(UNHINTED, characters, 0, characters.length, Font.LAYOUT_LEFT_TO_RIGHT);
        long drawn = Arrays.stream(glyphs.getGlyphCodes(0, glyphs.getNumGlyphs(), null))
                .filter(code -> code != NO_GLYPH)
                .count();
        Shape outline = glyphs.getOutline();
        return drawn == 1 && !outline.getBounds2D().isEmpty() ? Optional.of(document(outline)) : Optional.empty();
    }

    private static String document(Shape outline) {
        Rectangle2D bounds = outline.getBounds2D();
        // at least an em, so that a small dot does not become a large one
        double side = Math.max(SIZE, Math.max(bounds.getWidth(), bounds.getHeight()));
        StringBuilder path = new StringBuilder();
        double[] at = new double[6];
        PathIterator iterator = outline.getPathIterator(null);
        for (; !iterator.isDone(); iterator.next()) {
            switch (iterator.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> append(path, 'M', at, 2);
                case PathIterator.SEG_LINETO -> append(path, 'L', at, 2);
                case PathIterator.SEG_QUADTO -> append(path, 'Q', at, 4);
                case PathIterator.SEG_CUBICTO -> append(path, 'C', at, 6);
                default -> path.append('Z');
            }
        }
        String rule = iterator.getWindingRule() == PathIterator.WIND_EVEN_ODD ? "evenodd" : "nonzero";
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%.2f %.2f %.2f %.2f\">"
                        + "<path fill-rule=\"%s\" d=\"%s\"/></svg>",
                bounds.getCenterX() - side / 2,
                bounds.getCenterY() - side / 2,
                side,
                side,
                rule,
                path);
    }

    private static void append(StringBuilder path, char command, double[] at, int count) {
        path.append(command);
        for (int i = 0; i < count; i++) {
            path.append(String.format(Locale.ROOT, i == 0 ? "%.2f" : " %.2f", at[i]));
        }
    }
}
