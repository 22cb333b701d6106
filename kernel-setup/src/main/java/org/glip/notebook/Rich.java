package org.glip.notebook;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.glip.image.RgbImage;
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
 * @param png the picture as a PNG file in Base64, or null
 */
public record Rich(
        String text, @Nullable String html, @Nullable String png) {

    /** The types that have more than a text form. Subtypes are meant too. */
    static final List<Class<?>> TYPES = List.of(
            Table.class, Chart.class, BufferedImage.class, RgbImage.class, MaskPanel.class, Html.class, Rich.class);

    /**
     * Renders a value.
     *
     * @param value a table, chart, picture, panel, {@link Html}, or anything else, which is shown as its string form
     * @return its forms; a {@code Rich} value is returned as it is
     */
    public static Rich of(Object value) {
        if (value instanceof Rich rich) {
            return rich;
        }
        if (value instanceof Table table) {
            return new Rich(TableText.plain(table), TableText.html(table), null);
        }
        if (value instanceof Chart<?, ?> chart) {
            return new Rich("chart: " + chart.getTitle(), null, png(image(chart)));
        }
        if (value instanceof BufferedImage image) {
            return new Rich("picture, " + image.getWidth() + " x " + image.getHeight() + " pixels", null, png(image));
        }
        if (value instanceof RgbImage image) {
            return of(image.toBufferedImage());
        }
        if (value instanceof MaskPanel panel) {
            return new Rich(panel.text(), panel.html(), null);
        }
        if (value instanceof Html html) {
            return new Rich(html.text(), html.markup(), null);
        }
        return new Rich(String.valueOf(value), null, null);
    }

    /** Returns these forms with another text: what a terminal says while a page shows the picture. */
    public Rich withText(String newText) {
        return new Rich(newText, html, png);
    }

    private static BufferedImage image(Chart<?, ?> chart) {
        return BitmapEncoder.getBufferedImage(chart);
    }

    private static String png(BufferedImage image) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException("The picture could not be written as PNG: " + e.getMessage(), e);
        }
        return Base64.getEncoder().encodeToString(file.toByteArray());
    }
}
