package org.glip.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTemplatesTest {
    @TempDir
    Path folder;

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

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void readsAFileOfAnySystemsLines() throws IOException {
        Path windows = file("windows.txt", "\uFEFFa drawing of a {}.\r\n {} \r\n");
        assertEquals(PromptTemplates.of("a drawing of a {}.", "{}"), PromptTemplates.read(windows));
        Path mac = file("mac.txt", "a drawing of a {}.\r{}\r\r");
        assertEquals(PromptTemplates.of("a drawing of a {}.", "{}"), PromptTemplates.read(mac));
        Path benchmark = file("benchmark.txt", "a drawing of a {c}.\n{c}\u00A0\n\n");
        assertEquals(PromptTemplates.of("a drawing of a {}.", "{}"), PromptTemplates.read(benchmark));
    }

    @Test
    void namesFileAndLineOfWhatIsNoTemplate() throws IOException {
        refuses(file("flat.txt", "{}\na photo\n"), "flat.txt line 2", "\"a photo\" needs {}");
        refuses(file("gap.txt", "{}\n\na {}\n"), "gap.txt line 2 is empty");
        refuses(file("twice.txt", "a {}\n{}\na {} \n"), "twice.txt line 3", "\"a {}\" is that of line 1");
        refuses(file("empty.txt", ""), "empty.txt is empty");
        refuses(folder.resolve("absent.txt"), "absent.txt");
    }

    private static void refuses(Path file, String... told) {
        IOException error = assertThrows(IOException.class, () -> PromptTemplates.read(file));
        for (String part : told) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
    }
}
