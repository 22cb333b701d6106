package org.glip.report;

import java.util.stream.Collectors;
import java.util.Locale;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.glip.results.Metric;
import org.glip.results.SigmaPanel;
import org.glip.results.SigmaPoint;
import org.glip.results.SigmaSweep;
import org.knowm.xchart.XYChart;

/**
 * A sigma sweep as small multiples on one scale (paper, Figure 4): a row for each preset, a column for each masking
 * ratio.
 *
 * @param sweep the runs
 * @param curves what is drawn in each panel
 */
public record SigmaSheet(SigmaSweep sweep, List<Curve> curves) {
    static final int PANEL_WIDTH = 430;
    static final int PANEL_HEIGHT = 270;
    /** The legend needs the width of so many panels. */
    private static final int LEGEND_PANELS = 2;

    private static final int LEGEND_HEIGHT = 52;
    private static final int MARGIN = 20;
    private static final int SWATCH = 26;
    private static final int LINE = 20;
    private static final int TICKS_UP = 5;

    /**
     * A line of the panels.
     *
     * @param name as the legend shows it
     * @param metric a share in the result files
     */
    public record Curve(String name, Metric metric) {}

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is nothing to draw, or there are more curves than colours
     */
    public SigmaSheet {
        curves = List.copyOf(curves);
        if (curves.isEmpty()
                || curves.size() > Palette.series().length
                || sweep.panels().isEmpty()) {
            throw new IllegalArgumentException("A sheet needs from 1 to " + Palette.series().length
                    + " curves and at least one panel, not " + curves.size() + " curves and "
                    + sweep.panels().size() + " panels");
        }
    }

    /**
     * Draws the sheet. A combination of preset and ratio that was not measured stays white.
     *
     * @return the picture
     * @throws IllegalArgumentException if a file lacks a metric; the file is named
     */
    public BufferedImage draw() {
        List<String> presets =
                sweep.panels().stream().map(SigmaPanel::preset).distinct().toList();
        List<Double> ratios = sweep.panels().stream()
                .map(SigmaPanel::ratio)
                .distinct()
                .sorted()
                .toList();
        BufferedImage sheet = Canvas.blank(
                Math.max(LEGEND_PANELS, ratios.size()) * PANEL_WIDTH,
                LEGEND_HEIGHT + presets.size() * PANEL_HEIGHT,
                description());
        Graphics2D graphics = Canvas.pen(sheet);
        drawLegend(graphics, sheet.getWidth());
        double top = top();
        for (SigmaPanel panel : sweep.panels()) {
            int x = ratios.indexOf(panel.ratio()) * PANEL_WIDTH;
            int y = LEGEND_HEIGHT + presets.indexOf(panel.preset()) * PANEL_HEIGHT;
            XYChart chart = SigmaChart.of(panel, curves, smallestSigma(), largestSigma(), top);
            BufferedImage picture = Canvas.blank(PANEL_WIDTH, PANEL_HEIGHT);
            Graphics2D pen = Canvas.pen(picture);
            chart.paint(pen, PANEL_WIDTH, PANEL_HEIGHT);
            pen.dispose();
            graphics.drawImage(picture, x, y, null);
        }
        graphics.dispose();
        return sheet;
    }

    private String description() {
        return curves.stream().map(Curve::name).collect(Collectors.joining(", ")) + " against sigma; "
                + sweep.panels().stream().map(this::described).collect(Collectors.joining("; "));
    }

    private String described(SigmaPanel panel) {
        return panel.title() + ": "
                + panel.points(curves.get(0).metric()).stream()
                        .map(point -> String.format(
                                Locale.ROOT,
                                "%s %.1f %%",
                                Double.isInfinite(point.sigma()) ? "random mask" : point.sigma(),
                                100 * point.spread().mean()))
                        .collect(Collectors.joining(", "));
    }

    private double smallestSigma() {
        return sigmas().min(Double::compare).orElse(1.0);
    }

    private double largestSigma() {
        return sigmas().max(Double::compare).orElse(1.0);
    }

    private Stream<Double> sigmas() {
        return sweep.panels().stream()
                .flatMap(panel -> panel.sigmas().stream())
                .filter(sigma -> !Double.isInfinite(sigma));
    }

    /** The common end of the vertical axes: above all error bars, such that ticks are round numbers. */
    private double top() {
        double high = sweep.panels().stream()
                .flatMap(panel -> curves.stream().flatMap(curve -> panel.points(curve.metric()).stream()))
                .mapToDouble(SigmaPoint::high)
                .max()
                .orElseThrow();
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(high, 1e-4) / TICKS_UP)));
        double rounded = step;
        for (double factor : new double[] {1, 2, 5, 10}) {
            rounded = factor * step;
            if (rounded * TICKS_UP >= high) {
                break;
            }
        }
        return Math.ceil(high / rounded) * rounded;
    }

    private void drawLegend(Graphics2D graphics, int width) {
        graphics.setFont(Palette.font(Font.PLAIN, 13));
        int x = MARGIN;
        for (int i = 0; i < curves.size(); i++) {
            Color color = Palette.series()[i];
            graphics.setColor(color);
            graphics.setStroke(new BasicStroke(SigmaChart.LINE_WIDTH));
            graphics.drawLine(x, LINE - 5, x + SWATCH, LINE - 5);
            String name = curves.get(i).name();
            Canvas.text(graphics, name, x + SWATCH + 6, LINE, width, Palette.INK);
            x += SWATCH + 6 + graphics.getFontMetrics().stringWidth(name) + MARGIN;
        }
        graphics.setFont(Palette.font(Font.PLAIN, 12));
        Canvas.text(
                graphics,
                "dashed: random masking; filled: mean of seeds ± standard deviation; "
                        + "hollow: one seed, 95 % interval of test pictures",
                MARGIN,
                LINE + 20,
                width - 2 * MARGIN,
                Palette.MUTED);
    }
}
