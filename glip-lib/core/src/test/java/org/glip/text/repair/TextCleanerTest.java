package org.glip.text.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCleanerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A  Photo\tof | a photo of",
                "Caf\u00C3\u00A9 | café",
                "cafÃƒÂ© | café",
                "it&#x2019;s \uFB02ubberi\uFB01c&hellip; | it's flubberific…",
                "\uFF2C\uFF2F\uFF35\uFF24\u3000NOISES | loud noises",
                "\u201CQuoted\u201D | \"quoted\"",
                "R&amp;amp;B &EACUTE; &notit; | r&b é ¬it;",
                "<b>&lt;i&gt;</b> | <b><i></b>",
                "a \u001B[1;31mred\u001B[0m fox | a red fox",
                "ΟΔΥΣΣΕΥΣ | οδυσσευς",
                "e\u0301 | é",
            })
    void repairsLowersAndCollapses(String text, String clean) {
        assertEquals(clean, TextCleaner.clean(text));
    }

    /** The short way for plain text must give what the long way gives. */
    @Test
    void leavesPlainTextAsTheRepairWould() {
        SplittableRandom random = new SplittableRandom(2);
        String alphabet = "abcXYZ0189 &;#<>\"'\t\n\f\r.!?x";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String repaired = HtmlEntities.unescape(HtmlEntities.unescape(TextRepair.repair(text.toString())));
            String clean = PythonText.lower(PythonText.collapseWhiteSpace(repaired));
            assertEquals(clean, TextCleaner.clean(text.toString()));
        }
    }

    @Test
    void isDoneAfterTheRepair() {
        for (String text :
                new String[] {"Ã¢â‚¬Å“QuotedÃ¢â‚¬Â�", "â€œ like this â€�", "voilÃ le travail", "ＡＢＣ\r\nﾊﾟ"}) {
            String repaired = TextRepair.repair(text);
            assertEquals(repaired, TextRepair.repair(repaired));
        }
    }
}
