package org.glip.notebook;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.glip.image.RgbImage;
import org.glip.report.Drawing;
import org.glip.report.Markup;
import org.glip.report.MaskPanel;
import org.glip.report.TableText;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * A value in the forms in which a notebook page shows it. A front end takes the richest form that it knows.
 *
 * @param text the form for a terminal; every value has one
 * @param html the form for a page, or null
 */
public record Rich(String text, @Nullable String html) {

    /** The types that have more than their string form. Subtypes are meant too. */
    static final List<Class<?>> TYPES = Stream.concat(
                    Stream.of(
                            Table.class,
                            Chart.class,
                            BufferedImage.class,
                            RgbImage.class,
                            MaskPanel.class,
                            Html.class,
                            Rich.class),
                    Numbers.TYPES.stream())
            .toList();

    /**
     * Renders a value.
     *
     * @param value a table, chart, picture, panel, {@link Html}, array or tensor, or anything else, which is shown as
     *     its string form
     * @return its forms; a {@code Rich} value is returned as it is
     */
    public static Rich of(Object value) {
        if (value instanceof Rich rich) {
            return rich;
        }
        if (value instanceof Table table) {
            return new Rich(TableText.plain(table), TableText.html(table));
        }
        if (value instanceof Chart<?, ?> chart) {
            return picture(BitmapEncoder.getBufferedImage(chart), described(chart));
        }
        if (value instanceof Drawing drawing && !drawing.description().isEmpty()) {
            return picture(drawing, drawing.description());
        }
        if (value instanceof BufferedImage image) {
            return picture(image, "picture, " + image.getWidth() + " x " + image.getHeight() + " pixels");
        }
        if (value instanceof RgbImage image) {
            return of(image.toBufferedImage());
        }
        if (value instanceof MaskPanel panel) {
            return new Rich(panel.text(), panel.html());
        }
        if (value instanceof Html html) {
            return new Rich(html.text(), html.markup());
        }
        if (Numbers.are(value)) {
            return new Rich(Numbers.text(value), null);
        }
        return new Rich(String.valueOf(value), null);
    }

    /** Returns these forms with another text: what a terminal says while a page shows the picture. */
    public Rich withText(String newText) {
        return new Rich(newText, html);
    }

    /** A page has pictures as HTML, since front ends give no other form a text for those who do not see it. */
    private static Rich picture(BufferedImage image, String shows) {
        return new Rich(shows, Markup.picture(image, shows));
    }

    private static String described(Chart<?, ?> chart) {
        String series = String.join(", ", chart.getSeriesMap().keySet());
        return "chart: " + chart.getTitle()
                + (series.isEmpty() || series.equals(chart.getTitle()) ? "" : ": " + series);
    }
}
