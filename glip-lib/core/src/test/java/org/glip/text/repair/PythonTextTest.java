package org.glip.text.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The expected values are those of Python 3.11. */
class PythonTextTest {
    @Test
    void writesSigmaInItsFinalFormAtTheEndOfAWord() {
        assertEquals("ας ασα σ ας. ας\u0301 ασ\u0301α", PythonText.lower("ΑΣ ΑΣΑ Σ ΑΣ. ΑΣ\u0301 ΑΣ\u0301Α"));
    }

    @Test
    void lowersTheDottedCapitalIToTwoCharacters() {
        assertEquals("i\u0307stanbul", PythonText.lower("İSTANBUL"));
    }

    @Test
    void keepsCharactersThatPythonDoesNotKnow() {
        String garay = "\uD803\uDD50"; // U+10D50, a capital letter since Unicode 16
        assertEquals(garay, PythonText.lower(garay));
        assertEquals("\uD801\uDD97", PythonText.lower("\uD801\uDD70")); // U+10570, since Unicode 14
    }

    @Test
    void countsCharactersAsTheyWereClassifiedInUnicode14() {
        assertEquals("\u0295ς", PythonText.lower("\u0295Σ")); // a small letter then, without case since
        assertEquals("aσ\uD805\uDF1Ea", PythonText.lower("AΣ\uD805\uDF1EA")); // U+1171E, a mark without width then
    }

    @Test
    void composesWhatPythonKnows() {
        assertEquals("é각ガ", PythonText.normalizeNfc("e\u0301\u1100\u1161\u11A8カ\u3099"));
        assertEquals("\u0958".length() + 1, PythonText.normalizeNfc("\u0958").length()); // excluded from composition
    }

    @Test
    void knowsPythonsWhiteSpace() {
        long count = 0;
        for (char c = 0; c < 0xFFFF; c++) {
            count += PythonText.isWhiteSpace(c) ? 1 : 0;
        }
        assertEquals(29, count);
        assertTrue(PythonText.isWhiteSpace('\u001F'));
        assertFalse(PythonText.isWhiteSpace('\u200B'));
    }
}
