package org.glip.report;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Titles that fit their charts. XChart centres a title over the plot, and cuts at the picture's edge what is too long.
 */
final class ChartTitles {
    /** Larger titles are made smaller, down to this size; what is still too long ends in an ellipsis. */
    private static final int SMALLEST = 11;

    private static final int LARGEST = 15;

    private ChartTitles() {}

    /**
     * Sets a chart's title in the largest font in which it fits.
     *
     * @param chart the chart
     * @param title its title
     * @param width the room in pixels, centred over the plot
     */
    static void set(Chart<?, ?> chart, String title, int width) {
        Graphics2D graphics = Canvas.pen(Canvas.blank(1, 1));
        int size = LARGEST;
        FontMetrics metrics = graphics.getFontMetrics(Palette.font(Font.BOLD, size));
        while (size > SMALLEST && metrics.stringWidth(title) > width) {
            size--;
            metrics = graphics.getFontMetrics(Palette.font(Font.BOLD, size));
        }
        chart.setTitle(Canvas.fitted(title, metrics, width));
        chart.getStyler().setChartTitleFont(metrics.getFont());
        graphics.dispose();
    }
}
