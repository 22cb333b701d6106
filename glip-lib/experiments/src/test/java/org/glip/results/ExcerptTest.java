package org.glip.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void aShortTextIsShownWhole() {
        assertEquals("cats", Excerpt.of("cats", "dogs"));
    }

    @Test
    void aLongTextIsCutToTheFirstDifference() {
        String first = "a".repeat(200) + "centred" + "b".repeat(200);
        String second = "a".repeat(200) + "uniform" + "b".repeat(200);
        assertEquals("…" + "a".repeat(30) + "centred" + "b".repeat(43) + "…", Excerpt.of(first, second));
        assertTrue(Excerpt.of(first, first + "c").startsWith("…bbb"), "where one is the beginning of the other");
        assertEquals("x".repeat(50) + "…", Excerpt.of("x".repeat(200), "y"));
    }
}
