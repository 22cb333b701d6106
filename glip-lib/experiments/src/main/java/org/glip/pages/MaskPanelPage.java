package org.glip.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.files.AtomicFile;
import org.glip.image.ImageDecoder;
import org.glip.mask.Mask;
import org.glip.mask.PatchGrid;
import org.glip.report.MaskPanel;

/**
 * Writes {@code docs/mask-panel.html}, the panel of masks as a page of its own, from {@code docs/mask-panel.jpg}; a
 * test holds the committed page to what this writes. The picture is sample 00000006 of 60 that Scenes mini makes
 * centred, of 256 pixels a side.
 */
public final class MaskPanelPage {
    private static final String SHOWS = "A drawing of a minibus before a sunset over water";

    /** The browser itself sees to it that nothing is fetched and nothing is sent. */
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy"
              content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
            <title>GLIP: which patches does the model see?</title>
            <style>
            :root, body .glip-mask-panel { color-scheme: light dark; }
            body { margin: 16px; font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
            body > p { max-width: 1040px; margin: 16px auto; }
            </style>
            </head>
            <body>
            <!-- Made by org.glip.pages.MaskPanelPage; CONTRIBUTING.md says how. -->
            """;

    private static final String FOOT = """
            <p>Masks of <i>Centered Masking for Language-Image Pre-Training</i> (arXiv 2403.15837), drawn as
            <code>org.glip.mask</code> draws them. In a notebook: <code>new MaskPanel(picture, "what it shows",
            new PatchGrid(14), Mask.gaussian(0.75, 0.2), 0)</code>. The page loads nothing and sends nothing.
            Picture: FxEmoji (Mozilla, Apache-2.0) before a photograph in the public domain.</p>
            </body>
            </html>
            """;

    private MaskPanelPage() {}

    /**
     * Writes the page.
     *
     * @param arguments the root of the checkout
     * @throws IOException if the picture cannot be read or the page cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: MaskPanelPage ROOT_OF_THE_CHECKOUT");
            System.exit(2);
        }
        Path root = Path.of(arguments[0]);
        AtomicFile.writeText(page(root), text(root));
    }

    static Path page(Path root) {
        return root.resolve("docs/mask-panel.html");
    }

    static String text(Path root) throws IOException {
        Path picture = root.resolve("docs/mask-panel.jpg");
        MaskPanel panel = new MaskPanel(
                ImageDecoder.decode(Files.readAllBytes(picture), picture.toString())
                        .toBufferedImage(),
                SHOWS,
                new PatchGrid(14),
                Mask.gaussian(0.75, 0.2),
                0);
        return HEAD + panel.html() + FOOT;
    }
}
