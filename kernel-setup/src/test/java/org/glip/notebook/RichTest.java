package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.glip.engine.Torch;
import org.glip.image.RgbImage;
import org.glip.mask.Mask;
import org.glip.mask.PatchGrid;
import org.glip.report.MaskPanel;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RichTest {
    @Test
    void aTableIsTextAndHtmlWithItsCellsEscaped() {
        Rich rich = Rich.of(Table.create("loss < 1", StringColumn.create("method", "GLIP", "<script>")));
        assertTrue(rich.text().contains("GLIP"), rich.text());
        assertNotNull(rich.html());
        assertTrue(rich.html().contains("<table"), rich.html());
        assertTrue(rich.html().contains("&lt;script&gt;"), rich.html());
        assertTrue(rich.html().matches("(?s).*<caption[^>]*>loss &lt; 1</caption>.*"), rich.html());
    }

    @Test
    void aTableWithoutANameHasNoCaption() {
        Rich rich = Rich.of(Table.create(StringColumn.create("method", "GLIP")));
        assertNotNull(rich.html());
        assertTrue(rich.html().contains("<table") && !rich.html().contains("<caption"), rich.html());
    }

    @Test
    void aChartIsAPictureOfItsOwnSize() throws IOException {
        XYChart chart =
                new XYChartBuilder().width(300).height(200).title("Loss").build();
        chart.addSeries("GLIP", List.of(4.0, 3.0));
        BufferedImage drawn = decode(Rich.of(chart));
        assertEquals(300, drawn.getWidth());
        assertEquals(200, drawn.getHeight());
    }

    @Test
    void aPictureKeepsItsPixels() throws IOException {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(1, 0, 0x12ab34);
        assertEquals(0xff12ab34, decode(Rich.of(picture)).getRGB(1, 0));
        assertEquals(0xff12ab34, decode(Rich.of(RgbImage.from(picture))).getRGB(1, 0));
    }

    @Test
    void arraysAreTheirNumbers() {
        assertEquals("[1, 2, 3]", Rich.of(new int[] {1, 2, 3}).text());
        assertEquals("[0.5000, 1.000e-05]", Rich.of(new double[] {0.5, 1e-5}).text());
        assertEquals(
                "[1.000, 2.000]\n[3.000, 4.000]",
                Rich.of(new double[][] {{1, 2}, {3, 4}}).text());
        String many = Rich.of(new int[1000]).text();
        assertTrue(many.endsWith("... 1000 numbers]") && many.length() < 300, many);
        assertTrue(Rich.of(new double[500][2]).text().endsWith("... 500 rows"));
        assertEquals("[]", Rich.of(new float[0]).text());
    }

    @Test
    void aTensorIsItsShapeAndFirstNumbers() {
        try (NDManager manager = Torch.newManager()) {
            NDArray numbers = manager.arange(12f).reshape(3, 4);
            assertEquals(
                    "(3, 4) float32 [0.000, 1.000, 2.000, 3.000, 4.000, 5.000, ...]",
                    Rich.of(numbers).text());
            assertEquals("() float32 [2.500]", Rich.of(manager.create(2.5f)).text());
            assertEquals(
                    "(2) int64 [7, 8]",
                    Rich.of(manager.create(new long[] {7, 8})).text());
            assertEquals(
                    "(2) int64 [7, 8]\n() float32 [2.500]",
                    Rich.of(new NDList(manager.create(new long[] {7, 8}), manager.create(2.5f)))
                            .text());
            assertEquals("(0) float32", Rich.of(manager.zeros(new Shape(0))).text());
        }
    }

    @Test
    void aPanelOfMasksIsAPageOfItsOwnWithoutATwin() {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        Rich rich = Rich.of(new MaskPanel(picture, "A black square", new PatchGrid(8), Mask.none(), 0));
        assertEquals("panel of masks on A black square, 8 x 8 patches, from none; it needs a browser", rich.text());
        assertNotNull(rich.html());
        assertTrue(rich.html().contains("<figure>") && rich.html().contains("<script>"), rich.html());
    }

    @Test
    void anythingElseIsItsText() {
        assertEquals(new Rich("[1, 2]", null), Rich.of(List.of(1, 2)));
    }

    private static BufferedImage decode(Rich rich) throws IOException {
        assertNotNull(rich.html());
        assertTrue(rich.html().startsWith("<img alt=\""), rich.html());
        String file = rich.html().replaceFirst(".*base64,", "").replaceFirst("\".*", "");
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(file)));
    }
}
