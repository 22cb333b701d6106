package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvisibleCharactersTest {
    @Test
    void areToldWithTheirPlace() {
        assertEquals(
                Optional.of("names.txt: 2 of 3 entries hold characters that nobody sees, such as U+200B in entry 2,"
                        + " \"coffee cup\": they change the prompts; remove them"),
                InvisibleCharacters.told("names.txt", List.of("bicycle", "coffee\u200B cup", "light\u00ADhouse")));
    }

    @Test
    void joinersOfEmojiAndOfScriptsArePartOfAWord() {
        List<String> words = List.of(
                "\uD83D\uDC69\u200D\uD83D\uDE80", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "caf\u00E9");
        assertEquals(Optional.empty(), InvisibleCharacters.told("names.txt", words));
    }
}
