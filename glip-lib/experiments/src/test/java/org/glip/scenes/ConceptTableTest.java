package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConceptTableTest {
    @TempDir
    Path folder;

    private ConceptTable table() throws IOException {
        return ConceptTable.read(ScenesFixtures.tgz(folder.resolve("emojibase.tgz"), ScenesFixtures.EMOJIBASE));
    }

    @Test
    void readsConceptsWithTheirKinds() throws IOException {
        Concept heart = table().concept("2764");
        assertEquals(new Concept("2764", "red heart", List.of("love"), "hearts", "smileys & emotion"), heart);
        assertEquals(2, table().concepts().size(), "a regional indicator is no concept");
    }

    @Test
    void knowsOtherSkinTonesApartFromConcepts() throws IOException {
        assertTrue(table().isOtherTone("1F44B-1F3FF"));
        assertFalse(table().isConcept("1F44B-1F3FF"));
        assertFalse(table().isOtherTone("1F44B"));
    }

    @Test
    void codePointsAreEqualInAnySpelling() {
        assertEquals("1F468-200D-2764-200D-1F468", ConceptTable.id("1f468-200d-2764-fe0f-200d-1f468"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"red-heart", "redheart", "red-heart-2", "heavy-black-heart", "heavyblackheart", "heart", "Heart"
            })
    void findsAConceptByAnyOfItsNames(String name) throws IOException {
        assertEquals("2764", table().names().find(name, List.of()));
    }

    @Test
    void findsAConceptByAnAlias() throws IOException {
        assertEquals("1F44B", table().names().find("hello", List.of("bye", "wave")));
        assertNull(table().names().find("hello", List.of("bye")));
    }

    @Test
    void aNameOfTwoThingsStandsForNeither() {
        ConceptNames names = new ConceptNames();
        names.add(ConceptNames.Tier.SHORTCODE, "bear", "1");
        names.add(ConceptNames.Tier.SHORTCODE, "Bear", "2");
        names.add(ConceptNames.Tier.SHORTCODE, "bear", "1");
        assertNull(names.find("bear", List.of()));
    }

    @Test
    void aLabelOutweighsAShortcode() {
        ConceptNames names = new ConceptNames();
        names.add(ConceptNames.Tier.SHORTCODE, "bear", "1");
        names.addLabel("bear", "2");
        assertEquals("2", names.find("bear", List.of()));
    }

    @Test
    void findsFlagsByTheirCountry() {
        ConceptNames names = new ConceptNames();
        names.addLabel("flag: Antigua & Barbuda", "1");
        assertEquals("1", names.find("flag-for-antigua-and-barbuda", List.of()));
    }

    @Test
    void aMissingPartIsNamed() throws IOException {
        Map<String, String> members = new HashMap<>(ScenesFixtures.EMOJIBASE);
        members.remove("package/en/messages.json");
        Path archive = ScenesFixtures.tgz(folder.resolve("cut.tgz"), members);
        IOException failure = assertThrows(IOException.class, () -> ConceptTable.read(archive));
        assertTrue(failure.getMessage().contains("cut.tgz"), failure.getMessage());
        assertTrue(failure.getMessage().contains("package/en/messages.json"), failure.getMessage());
    }

    @Test
    void dataLaidOutOtherwiseAreNamed() throws IOException {
        Map<String, String> members = new HashMap<>(ScenesFixtures.EMOJIBASE);
        members.put("package/en/data.json", "[{\"group\": 0}]");
        Path archive = ScenesFixtures.tgz(folder.resolve("other.tgz"), members);
        IOException failure = assertThrows(IOException.class, () -> ConceptTable.read(archive));
        assertTrue(failure.getMessage().contains("other.tgz"), failure.getMessage());
    }
}
