package org.glip.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTemplatesTest {
    @Test
    void putsTheClassNameIntoEachTemplate() {
        PromptTemplates templates = PromptTemplates.of("a photo of a {}.", "{} and another {}");
        assertEquals(List.of("a photo of a red fox.", "red fox and another red fox"), templates.fill("red fox"));
    }

    @Test
    void hasTheSetsOfOpenClip() {
        assertEquals(List.of("a photo of a {}."), PromptTemplates.photo().templates());
        List<String> all = PromptTemplates.openAiImageNet().templates();
        assertEquals(80, all.size());
        assertEquals(80, new HashSet<>(all).size());
        assertEquals("a bad photo of a {}.", all.get(0));
        assertEquals("a tattoo of the {}.", all.get(79));
        List<String> simple = PromptTemplates.simpleImageNet().templates();
        assertEquals(7, simple.size());
        assertTrue(all.containsAll(simple));
    }

    @Test
    void refusesTemplatesWithoutAPlaceForTheName() {
        Exception error =
                assertThrows(IllegalArgumentException.class, () -> PromptTemplates.of("a photo of a {}", "a photo"));
        assertTrue(error.getMessage().contains("\"a photo\""), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new PromptTemplates(List.of()));
    }
}
