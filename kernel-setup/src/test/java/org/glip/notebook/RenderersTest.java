package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RenderersTest {
    @Test
    void jjavaFindsTheExtension() {
        assertTrue(
                ServiceLoader.load(Extension.class).stream().anyMatch(found -> found.type() == JJavaExtension.class));
    }

    @Test
    void jjavaShowsEachTypeInItsRichestForm() {
        var renderer = new org.dflib.jjava.jupyter.kernel.display.Renderer();
        JJavaExtension.register(renderer, () -> {});
        showsEachTypeInItsRichestForm((value, type) -> renderer.render(value).getData(jjava(type)));
    }

    @Test
    void ijavaShowsEachTypeInItsRichestForm() {
        var renderer = new io.github.spencerpark.jupyter.kernel.display.Renderer();
        IJavaRenderers.register(renderer);
        showsEachTypeInItsRichestForm((value, type) -> renderer.render(value).getData(ijava(type)));
    }

    /** @param data (value, MIME type) to what the kernel would send */
    private static void showsEachTypeInItsRichestForm(BiFunction<Object, String, Object> data) {
        CategoryChart chart = new CategoryChartBuilder().title("Top-1").build();
        chart.addSeries("top-1", List.of("FLIP", "GLIP"), List.of(1.7, 4.0));
        assertPicture(data.apply(chart, "text/html"));
        assertEquals("chart: Top-1: top-1", data.apply(chart, "text/plain"));

        assertPicture(data.apply(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "text/html"));

        Table table = Table.create("Results", StringColumn.create("method", "GLIP"));
        assertTrue(String.valueOf(data.apply(table, "text/html")).contains("<table"));
        assertTrue(String.valueOf(data.apply(table, "text/plain")).contains("GLIP"));

        assertEquals("<em>done</em>", data.apply(new Html("<em>done</em>", "done"), "text/html"));
        assertEquals("done", data.apply(new Html("<em>done</em>", "done"), "text/plain"));
        assertEquals("step 1", data.apply(Rich.of(chart).withText("step 1"), "text/plain"));
    }

    private static void assertPicture(Object data) {
        assertTrue(Page.isPicture(assertInstanceOf(String.class, data)), "no picture with words");
    }

    private static MIMEType jjava(String type) {
        return List.of(MIMEType.TEXT_PLAIN, MIMEType.TEXT_HTML).stream()
                .filter(known -> known.toString().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static io.github.spencerpark.jupyter.kernel.display.mime.MIMEType ijava(String type) {
        return List.of(
                        io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN,
                        io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_HTML)
                .stream()
                .filter(known -> known.toString().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
