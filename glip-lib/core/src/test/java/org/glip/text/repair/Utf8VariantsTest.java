package org.glip.text.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The expected values are those of ftfy's codec {@code utf-8-variants}. */
class Utf8VariantsTest {
    @Test
    void decodesUtf8() {
        String text = "aé한€😀";
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals(Optional.of(text), Utf8Variants.decode(bytes));
    }

    @Test
    void decodesSurrogatePairsAndTheLongNull() {
        assertEquals(Optional.of("😍"), Utf8Variants.decode("\u00ED\u00A0\u00BD\u00ED\u00B8\u008D"));
        assertEquals(Optional.of("a\0b"), Utf8Variants.decode("a\u00C0\u0080b"));
    }

    @Test
    void takesAFinalLineFeedForTheLastByteAsFtfyDoes() {
        assertEquals(Optional.of("a\0"), Utf8Variants.decode("a\u00C0\n"));
        assertEquals(Optional.empty(), Utf8Variants.decode("a\u00C0\n\n"));
        assertEquals(Optional.of("\uD800\uDC0A"), Utf8Variants.decode("\u00ED\u00A0\u0080\u00ED\u00B0\n"));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        for (String bytes :
                new String[] {"\u00C0", "\u00ED\u00A0\u0080", "\u00E2\u0082", "\u0080", "\u00F5\u0080\u0080\u0080"}) {
            assertEquals(Optional.empty(), Utf8Variants.decode(bytes));
        }
    }
}
