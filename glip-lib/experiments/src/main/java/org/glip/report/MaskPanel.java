package org.glip.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.glip.files.Resources;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.mask.PatchGrid;

/**
 * A panel to play with masks: which patches of a picture stay, why, and how often, for a method, a ratio and a sigma
 * that a reader sets. It is HTML that holds all it needs and asks no network for anything; the masks are drawn in the
 * page, and are those that {@link MaskSampler#sample} draws. Where scripts do not run, a still picture of the same
 * masks stands in its place.
 *
 * @param picture what the masks lie on at first; its middle square is shown
 * @param shows what the picture shows, in a few words, for those who do not see it
 * @param grid how it is cut into patches
 * @param start the mask that is set at first; what it has no value for is 75 % and 0.2
 * @param seed run seed of the noise; the panel shows samples of step 0
 */
public record MaskPanel(BufferedImage picture, String shows, PatchGrid grid, Mask start, long seed) {
    private static final int PICTURE_SIDE = 256;
    private static final double RATIO = 0.75;
    private static final double SIGMA = 0.2;

    /** A page is drawn anew at each move of a slider; of larger grids that would be felt. */
    private static final int LARGEST_SIDE = 32;

    private static final int DECIMALS_OF_RATIO = 3;

    private static final String HOST = """
            .glip-mask-panel { color-scheme: light; }
            [data-jp-theme-light="false"] .glip-mask-panel, .vscode-dark .glip-mask-panel { color-scheme: dark; }
            .glip-mask-panel > figure { margin: 0; }
            .glip-mask-panel > figure img { max-width: 100%; height: auto; }
            """;

    /** Not every front end says which script runs; then it is the panel that still has its picture. */
    private static final String SHOW = """
            const show = settings => {
              const panels = [...document.querySelectorAll(".glip-mask-panel")];
              const host = document.currentScript?.parentElement ?? panels.find(panel => !panel.shadowRoot);
              new MaskPanel(settings).replace(host);
            };
            show""";

    /** What a text within a script of a page must not hold is escaped by this. */
    private static final Gson JSON = new Gson();

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the grid has more than 32 patches a side, the mask is none of the
     *     paper's, or the picture has no words
     */
    public MaskPanel {
        Objects.requireNonNull(picture, "picture");
        requireKnown(start);
        if (grid.side() > LARGEST_SIDE) {
            throw new IllegalArgumentException(
                    "The panel shows grids of up to " + LARGEST_SIDE + " patches a side, not " + grid);
        }
        if (BigDecimal.valueOf(start.ratio()).scale() > DECIMALS_OF_RATIO) {
            throw new IllegalArgumentException("The panel sets ratios in thousandths, not to " + start.ratio());
        }
        if (shows.isBlank()) {
            throw new IllegalArgumentException(
                    "Say in a few words what the picture shows, for those who do not see it");
        }
    }

    /** {@return the panel as a piece of a page, as a notebook shows it; a page may hold several} */
    public String html() {
        return "<div class=\"glip-mask-panel\" data-lm-suppress-shortcuts=\"true\">\n<style>\n" + HOST + "</style>\n"
                + stillFigure() + "<script>\n(() => {\n" + drawing() + part("figures.js") + part("panel.js") + SHOW
                + "(" + JSON.toJson(settings()) + ");\n})();\n</script>\n</div>\n";
    }

    /** {@return what stands in a terminal in place of the panel} */
    public String text() {
        return "panel of masks on " + shows + ", " + grid + ", from " + start + "; it needs a browser";
    }

    /** The part of the script that draws masks and knows no page. */
    static String drawing() {
        return part("draws.js");
    }

    private static String part(String name) {
        return Resources.text(MaskPanel.class, "panel/" + name);
    }

    private static void requireKnown(Mask start) {
        Objects.requireNonNull(start, "start");
        if (!(start instanceof Mask.None || start instanceof Mask.Random || start instanceof Mask.Gaussian)) {
            throw new IllegalArgumentException(
                    "The panel knows the masks none, random and gaussian, not " + start.name());
        }
    }

    private String stillFigure() {
        double ratio = start instanceof Mask.None ? RATIO : start.ratio();
        double sigma = start instanceof Mask.Gaussian gaussian ? gaussian.sigma() : SIGMA;
        Map<String, MaskSampler> masks = new LinkedHashMap<>();
        masks.put("FLIP: random", Mask.random(ratio).on(grid));
        masks.put("GLIP: centred", Mask.gaussian(ratio, sigma).on(grid));
        MaskSampler centred = Mask.gaussian(ratio, sigma).on(grid);
        String masked = Mask.random(ratio).percent() + " of the patches dropped, " + centred.kept() + " of "
                + grid.patches() + " kept, σ = " + sigma + " (variance)";
        BufferedImage figure = MaskPictures.compare(List.of(picture), masks, seed);
        String words = shows + ", whole, under the random mask of FLIP and under the centred mask of GLIP: " + masked;
        return "<figure>\n" + Markup.picture(figure, words) + "\n<figcaption>" + masked
                + ". Where scripts run, this is a panel to play with; in JupyterLab, trust the notebook (View, Activate"
                + " Command Palette, Trust Notebook).</figcaption>\n</figure>\n";
    }

    private JsonObject settings() {
        JsonObject settings = new JsonObject();
        settings.addProperty("side", grid.side());
        settings.addProperty("seed", Long.toString(seed));
        JsonObject first = new JsonObject();
        first.addProperty(
                "method", start instanceof Mask.None ? "CLIP" : start instanceof Mask.Random ? "FLIP" : "GLIP");
        first.addProperty("thousandths", Math.round(1000 * (start instanceof Mask.None ? RATIO : start.ratio())));
        first.addProperty("sigma", start instanceof Mask.Gaussian gaussian ? gaussian.sigma() : SIGMA);
        first.addProperty("deviation", false);
        settings.add("start", first);
        settings.addProperty("picture", Markup.address(Canvas.square(picture, PICTURE_SIDE), "jpeg"));
        settings.addProperty("shows", shows);
        JsonArray palette = new JsonArray();
        for (Color color : Palette.sequential()) {
            palette.add(String.format("#%06x", color.getRGB() & 0xFFFFFF));
        }
        settings.add("palette", palette);
        settings.addProperty("style", part("panel.css"));
        settings.addProperty("markup", part("panel.html"));
        return settings;
    }
}
