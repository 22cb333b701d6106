package org.glip.scenes;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Draws SVG documents into square pictures. Documents cannot refer to files or addresses outside themselves. */
final class SvgRasterizer {
    /** Some coats of arms on flags have more parts than the parser's default of 2000. */
    private static final int MAX_PATHS = 20_000;

    private static final DocumentLimits LIMITS = new DocumentLimits(
            DocumentLimits.DEFAULT_MAX_NESTING_DEPTH, DocumentLimits.DEFAULT_MAX_USE_NESTING_DEPTH, MAX_PATHS);

    private SvgRasterizer() {}

    /**
     * Draws a document as large as fits, in the middle of a transparent square.
     *
     * @param svg a whole document; its view box is what is shown
     * @param name what messages call it
     * @param side of the square, in pixels
     * @throws IOException if it is not an SVG document
     */
    static ArgbImage rasterize(String svg, String name, int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        try {
            SVGDocument document = new SVGLoader()
                    .load(
                            new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                            null,
                            LoaderContext.builder().documentLimits(LIMITS).build());
            if (document == null) {
                throw new IOException(name + " is not an SVG document");
            }
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            document.renderWithPlatform(NullPlatformSupport.INSTANCE, graphics, new ViewBox(0, 0, side, side));
        } catch (RuntimeException e) {
            throw new IOException(name + " cannot be drawn: " + e, e);
        } finally {
            graphics.dispose();
        }
        return ArgbImage.of(image);
    }
}
