package org.glip.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.knowm.xchart.style.theme.AbstractBaseTheme;

/**
 * The look of all our charts: white paper, no frame, light horizontal rules, colours that the
 * colour-blind can tell apart.
 */
public final class ChartTheme extends AbstractBaseTheme {
    /** Makes the theme, which has no settings. */
    public ChartTheme() {}

    private static final float LINE_WIDTH = 2.2f;

    @Override
    public Font getBaseFont() {
        return Palette.font(Font.PLAIN, 13);
    }

    @Override
    public Color getChartBackgroundColor() {
        return Palette.PAPER;
    }

    @Override
    public Color getChartFontColor() {
        return Palette.INK;
    }

    @Override
    public int getChartPadding() {
        return 14;
    }

    @Override
    public Color[] getSeriesColors() {
        return Palette.series();
    }

    @Override
    public BasicStroke[] getSeriesLines() {
        return new BasicStroke[] {new BasicStroke(LINE_WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)};
    }

    @Override
    public Marker[] getSeriesMarkers() {
        return new Marker[] {
            SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP
        };
    }

    @Override
    public int getMarkerSize() {
        return 8;
    }

    @Override
    public Font getChartTitleFont() {
        return Palette.font(Font.BOLD, 15);
    }

    @Override
    public boolean isChartTitleBoxVisible() {
        return false;
    }

    @Override
    public int getChartTitlePadding() {
        return 8;
    }

    @Override
    public Font getLegendFont() {
        return Palette.font(Font.PLAIN, 13);
    }

    @Override
    public Color getLegendBackgroundColor() {
        return Palette.PAPER;
    }

    @Override
    public Color getLegendBorderColor() {
        return Palette.PAPER;
    }

    @Override
    public LegendPosition getLegendPosition() {
        return LegendPosition.OutsideE;
    }

    @Override
    public Font getAxisTitleFont() {
        return Palette.font(Font.PLAIN, 13);
    }

    @Override
    public Font getAxisTickLabelsFont() {
        return Palette.font(Font.PLAIN, 12);
    }

    @Override
    public Color getAxisTickLabelsColor() {
        return Palette.MUTED;
    }

    @Override
    public Color getAxisTickMarksColor() {
        return Palette.RULE;
    }

    @Override
    public BasicStroke getAxisTickMarksStroke() {
        return new BasicStroke(1);
    }

    @Override
    public boolean isAxisTicksLineVisible() {
        return false;
    }

    @Override
    public boolean isAxisTicksMarksVisible() {
        return false;
    }

    @Override
    public Color getPlotBackgroundColor() {
        return Palette.PAPER;
    }

    @Override
    public boolean isPlotBorderVisible() {
        return false;
    }

    @Override
    public boolean isPlotTicksMarksVisible() {
        return false;
    }

    @Override
    public boolean isPlotGridVerticalLinesVisible() {
        return false;
    }

    @Override
    public Color getPlotGridLinesColor() {
        return Palette.RULE;
    }

    @Override
    public BasicStroke getPlotGridLinesStroke() {
        return new BasicStroke(1);
    }

    @Override
    public Color getErrorBarsColor() {
        return Palette.INK;
    }
}
