package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
    private final RecordingDisplay page = new RecordingDisplay();
    private final LiveDisplay live = new LiveDisplay(page);

    @Test
    void showsTheFirstValueAndThenReplacesIt() {
        live.update("one");
        live.update("two");
        live.update("three");
        assertEquals(List.of("show one", "update id-1 two", "update id-1 three"), page.calls);
    }

    @Test
    void twoPlacesDoNotDisturbEachOther() {
        LiveDisplay other = new LiveDisplay(page);
        live.update("a");
        other.update("b");
        live.update("c");
        assertEquals(List.of("show a", "show b", "update id-1 c"), page.calls);
    }

    @Test
    void tellsATerminalWhatAPictureMeans() {
        live.update(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "step 1 of 2");
        assertEquals(List.of("show step 1 of 2"), page.calls);
    }

    @Test
    void aRefreshRightAfterAnotherIsNotDrawn() {
        List<Integer> drawn = new ArrayList<>();
        for (int step = 0; step < 1000; step++) {
            int now = step;
            live.refresh(() -> drawn.add(now), () -> "step " + now);
        }
        assertEquals(0, drawn.get(0));
        assertTrue(drawn.size() < 1000, "every refresh was drawn");
    }

    @Test
    void theKernelsFunctionsAreFoundByTheirNames() {
        Page page = Page.open();
        Display display = KernelDisplay.of(KernelFunctions.class.getName());
        String place = display.show("shown by name");
        display.show("another");
        assertEquals(List.of("shown by name", "another"), page.texts());
        display.update(place, "replaced by name");
        assertEquals(List.of("replaced by name", "another"), page.texts());
    }

    @Test
    void aConsoleSaysWhatIsShownLineByLine() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Display console = new ConsoleDisplay(new PrintStream(said, true, StandardCharsets.UTF_8));
        console.update(console.show(new Html("<b>1</b>", "one")), "zwölf");
        assertEquals(
                List.of("one", "zwölf"),
                said.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    void anUnknownKernelIsNamed() {
        IllegalStateException unknown =
                assertThrows(IllegalStateException.class, () -> KernelDisplay.of("java.lang.String"));
        assertTrue(unknown.getMessage().contains("java.lang.String"), unknown.getMessage());
    }

    private static final class RecordingDisplay implements Display {
        private final List<String> calls = new ArrayList<>();
        private int shown;

        @Override
        public String show(Object value) {
            calls.add("show " + Rich.of(value).text());
            shown++;
            return "id-" + shown;
        }

        @Override
        public void update(String id, Object value) {
            calls.add("update " + id + " " + Rich.of(value).text());
        }
    }
}
