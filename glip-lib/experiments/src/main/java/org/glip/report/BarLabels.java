package org.glip.report;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * The values of grouped bars, written above the bars and their error bars. XChart can only write them inside the bars,
 * where those of a short bar cannot be read.
 */
final class BarLabels extends Annotation {
    private static final int GAP = 4;

    private final List<MeasuredSeries> series;
    private final double plotShare;
    private final double spaceFill;

    /**
     * @param series the series of the chart, in order
     * @param plotShare XChart's plot content size
     * @param spaceFill XChart's available space fill
     */
    BarLabels(List<MeasuredSeries> series, double plotShare, double spaceFill) {
        super(true);
        this.series = List.copyOf(series);
        this.plotShare = plotShare;
        this.spaceFill = spaceFill;
    }

    @Override
    public void paint(Graphics2D graphics) {
        graphics.setFont(Palette.font(Font.BOLD, 11));
        graphics.setColor(Palette.INK);
        FontMetrics metrics = graphics.getFontMetrics();
        // The plot's edges; XChart leaves a margin on both sides of its content.
        double left = getXAxisScreenValueForMin();
        double width = getXAxisScreenValueForMax() - left;
        int categories = series.get(0).values().length;
        double step = width * plotShare / categories;
        double bar = step * spaceFill / series.size();
        double first = left + width * (1 - plotShare) / 2 + step * (1 - spaceFill) / 2;
        for (int s = 0; s < series.size(); s++) {
            double[] values = series.get(s).values();
            double[] errors = series.get(s).errors();
            for (int category = 0; category < categories; category++) {
                if (!Double.isNaN(values[category])) {
                    String label = String.format(Locale.ROOT, "%.1f", 100 * values[category]);
                    double middle = first + category * step + (s + 0.5) * bar;
                    double top = 100 * (values[category] + (errors[category] > 0 ? errors[category] : 0));
                    graphics.drawString(
                            label,
                            (int) Math.round(middle - metrics.stringWidth(label) / 2.0),
                            getYAxisScreenValue(top) - GAP);
                }
            }
        }
    }
}
