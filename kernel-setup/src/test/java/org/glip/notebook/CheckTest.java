package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckTest {
    private static final Map<Long, String> MISTAKES = Map.of(16L, "the class token is one more");

    private static String tokens(long answer) {
        return Check.number("tokens", answer, 17, MISTAKES).text();
    }

    @Test
    void aWholeNumberIsRightOrSaysWhatIsWrong() {
        assertEquals("✓ tokens: 17 is right", tokens(17));
        assertEquals("✗ tokens: 16 is not right: the class token is one more", tokens(16));
        assertEquals("✗ tokens: 5 is not right: too small", tokens(5));
        assertEquals("✗ tokens: 65 is not right: too large", tokens(65));
    }

    @Test
    void noAnswerIsNoMistake() {
        assertTrue(tokens(0).startsWith("→ tokens: not answered yet"), tokens(0));
        assertTrue(Check.between("loss", 0, 1, 2, "low", "high").text().contains("not answered yet"));
        assertTrue(Check.between("loss", Double.NaN, 1, 2, "low", "high").text().contains("not answered yet"));
        assertTrue(Check.numbers("pairs", new int[2], new int[] {1, 2}, "picture")
                .text()
                .contains("not answered yet"));
        assertTrue(Check.patches("kept", new int[0], new int[] {1}).text().contains("not answered yet"));
    }

    @Test
    void theSolutionIsNotTold() {
        assertFalse(tokens(5).contains("17"));
        assertFalse(Check.numbers("pairs", new int[] {1, 3}, new int[] {1, 2}, "picture")
                .text()
                .contains("= 2"));
    }

    @Test
    void aNumberBetweenBoundsIsRight() {
        assertEquals(
                "✓ loss: 2.079 is right",
                Check.between("loss", Math.log(8), 2.07, 2.09, "low", "high").text());
        assertEquals(
                "✗ loss: 1 is not right: low",
                Check.between("loss", 1, 2.07, 2.09, "low", "high").text().replace("1.000", "1"));
        assertTrue(Check.between("loss", 3, 2.07, 2.09, "low", "high").text().endsWith("high"));
        assertTrue(Check.between("loss", 2.07, 2.07, 2.09, "low", "high").text().startsWith("✓"));
    }

    @Test
    void ofSeveralNumbersThoseThatAreWrongAreNamed() {
        assertEquals(
                "✗ pairs: not right: picture 2",
                Check.numbers("pairs", new int[] {1, 3}, new int[] {1, 2}, "picture")
                        .text());
        assertEquals(
                "✓ pairs: all right",
                Check.numbers("pairs", new int[] {1, 2}, new int[] {1, 2}, "picture")
                        .text());
        assertTrue(Check.numbers("pairs", new int[] {1}, new int[] {1, 2}, "picture")
                .text()
                .contains("2 are asked for"));
    }

    @Test
    void patchesMayComeInAnyOrder() {
        assertTrue(Check.patches("kept", new int[] {9, 2, 5}, new int[] {2, 5, 9})
                .text()
                .startsWith("✓"));
        assertEquals(
                "✗ kept: yours has patch 4 where the library keeps 5; do you take the largest scores, and is the bonus in?",
                Check.patches("kept", new int[] {9, 2, 4}, new int[] {2, 5, 9}).text());
        assertTrue(Check.patches("kept", new int[] {9, 2}, new int[] {2, 5, 9})
                .text()
                .contains("3 stay"));
    }

    @Test
    void aPredictionIsNeverWrong() {
        assertEquals(
                "→ middle: you said 0.500, it is 0.793",
                Check.prediction("middle", 0.5, 0.793).text());
        assertTrue(Check.prediction("middle", 0.8, 0.793).text().endsWith("well guessed"));
    }

    @Test
    void whatIsSaidIsText() {
        assertTrue(Check.number("a < b", 1, 1, Map.of()).markup().contains("a &lt; b"));
    }
}
