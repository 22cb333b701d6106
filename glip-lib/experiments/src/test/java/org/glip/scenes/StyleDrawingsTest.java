package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StyleDrawingsTest {
    private static final String ICONS = """
            {"width": 36, "height": 32, "icons": {
              "heart": {"body": "<path d='M0 0h9v9z'/>", "left": -2, "height": 40},
              "wave": {"body": "<circle r='3'/>"},
              "wave-dark": {"body": "<circle r='4'/>"},
              "old-wave": {"body": "<circle r='5'/>", "hidden": true},
              "gadget": {"body": "<circle r='6'/>"}},
             "aliases": {"x": {"parent": "heart"}}}
            """;
    private static final String CHARS = """
            {"2764-fe0f": "heart", "1f44b": "wave", "1f44b-1f3ff": "wave-dark"}
            """;

    @TempDir
    Path folder;

    private ConceptTable concepts;

    @BeforeEach
    void readConcepts() throws IOException {
        concepts = ConceptTable.read(ScenesFixtures.tgz(folder.resolve("emojibase.tgz"), ScenesFixtures.EMOJIBASE));
    }

    private static ForegroundSource source(String style) {
        return ForegroundSource.ALL.stream()
                .filter(source -> source.style().equals(style))
                .findFirst()
                .orElseThrow();
    }

    private StyleDrawings iconify(Map<String, String> members) throws IOException {
        Path archive = ScenesFixtures.tgz(folder.resolve("icons.tgz"), members);
        return StyleDrawings.read(source("noto"), archive, concepts);
    }

    @Test
    void keepsKnownConceptsInTheDefaultToneAndCountsTheRest() throws IOException {
        StyleDrawings style = iconify(Map.of("package/icons.json", ICONS, "package/chars.json", CHARS));
        assertEquals(
                List.of("red heart", "waving hand"),
                style.drawings().stream().map(d -> d.concept().label()).toList());
        assertEquals(1, style.otherTones());
        assertEquals(1, style.hidden());
        assertEquals(1, style.unmatched());
    }

    @Test
    void findsConceptsByNameWhereASetGivesNoCodePoints() throws IOException {
        StyleDrawings style = iconify(Map.of("package/icons.json", ICONS, "package/chars.json", "{}"));
        assertEquals(
                List.of("red heart", "waving hand"),
                style.drawings().stream().map(d -> d.concept().label()).toList());
    }

    @Test
    void anIconOverridesTheViewBoxOfItsSet() throws IOException {
        StyleDrawings style = iconify(Map.of("package/icons.json", ICONS, "package/chars.json", CHARS));
        String heart = new String(style.drawings().get(0).content(), StandardCharsets.UTF_8);
        String wave = new String(style.drawings().get(1).content(), StandardCharsets.UTF_8);
        assertTrue(heart.contains("viewBox=\"-2.0 0.0 36.0 40.0\""), heart);
        assertTrue(wave.contains("viewBox=\"0.0 0.0 36.0 32.0\""), wave);
    }

    @Test
    void readsDrawingsNamedByCodePoint() throws IOException {
        Path archive = ScenesFixtures.tgz(
                folder.resolve("openmoji.tgz"),
                Map.of(
                        "package/color/svg/2764.svg",
                        "<svg/>",
                        "package/black/svg/2764.svg",
                        "<svg/>",
                        "package/color/svg/1F44B-1F3FF.svg",
                        "<svg/>",
                        "package/color/svg/E000.svg",
                        "<svg/>"));
        StyleDrawings style = StyleDrawings.read(source("openmoji"), archive, concepts);
        assertEquals(1, style.drawings().size());
        assertEquals(1, style.otherTones());
        assertEquals(1, style.unmatched());
    }

    @Test
    void aPackageWithoutItsPartsIsNamed() {
        IOException failure = assertThrows(IOException.class, () -> iconify(Map.of("package/icons.json", ICONS)));
        assertTrue(failure.getMessage().contains("icons.tgz lacks"), failure.getMessage());
    }

    @Test
    void iconsLaidOutOtherwiseAreNamed() {
        IOException failure = assertThrows(
                IOException.class,
                () -> iconify(Map.of("package/icons.json", "{\"icons\": []}", "package/chars.json", CHARS)));
        assertTrue(failure.getMessage().contains("icons.tgz: the icons are not laid out"), failure.getMessage());
    }

    @Test
    void damagedJsonIsNamed() {
        IOException failure = assertThrows(
                IOException.class,
                () -> iconify(Map.of("package/icons.json", "{\"icons\": {", "package/chars.json", CHARS)));
        assertTrue(failure.getMessage().contains("icons.tgz!package/icons.json is not JSON"), failure.getMessage());
    }
}
