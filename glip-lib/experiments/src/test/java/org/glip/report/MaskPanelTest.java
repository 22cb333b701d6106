package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.glip.mask.Mask;
import org.glip.mask.PatchGrid;
import org.junit.jupiter.api.Test;

class MaskPanelTest {
    private static final BufferedImage PICTURE = Pixels.coloured(48, 32, 3);

    @Test
    void itAsksNoNetworkForAnything() {
        String html = panel(Mask.gaussian(0.75, 0.2)).html();
        for (String way :
                List.of("http", "fetch(", "XMLHttpRequest", "WebSocket", "import ", "@import", "sendBeacon")) {
            assertFalse(html.contains(way), way);
        }
    }

    @Test
    void itBeginsWithTheMaskThatItIsGiven() {
        assertTrue(panel(Mask.gaussian(0.918, 0.4))
                .html()
                .contains("{\"method\":\"GLIP\",\"thousandths\":918,\"sigma\":0.4,\"deviation\":false}"));
        assertTrue(panel(Mask.random(0.5))
                .html()
                .contains("{\"method\":\"FLIP\",\"thousandths\":500,\"sigma\":0.2,\"deviation\":false}"));
        assertTrue(panel(Mask.none())
                .html()
                .contains("{\"method\":\"CLIP\",\"thousandths\":750,\"sigma\":0.2,\"deviation\":false}"));
    }

    @Test
    void itsWordsCannotEndTheScript() {
        String html = new MaskPanel(PICTURE, "</script>\"<b>", new PatchGrid(8), Mask.none(), 0).html();
        assertEquals(html.indexOf("</script>"), html.lastIndexOf("</script>"));
        assertTrue(html.contains("alt=\"&lt;/script&gt;&quot;&lt;b&gt;, whole"));
    }

    @Test
    void whatItCannotShowIsRefused() {
        refused("up to 32 patches a side, not 33 x 33", new PatchGrid(33), Mask.none(), "noise");
        refused("ratios in thousandths, not to 0.9185", new PatchGrid(8), Mask.random(0.9185), "noise");
        refused("in a few words what the picture shows", new PatchGrid(8), Mask.none(), " ");
    }

    private static void refused(String words, PatchGrid grid, Mask mask, String shows) {
        var e = assertThrows(IllegalArgumentException.class, () -> new MaskPanel(PICTURE, shows, grid, mask, 0));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private static MaskPanel panel(Mask mask) {
        return new MaskPanel(PICTURE, "noise", new PatchGrid(8), mask, 0);
    }
}
