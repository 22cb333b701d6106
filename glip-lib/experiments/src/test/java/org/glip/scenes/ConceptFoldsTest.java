package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConceptFoldsTest {
    @ParameterizedTest
    @CsvSource({
        "man running, woman running: facing right",
        "technologist, woman technologist",
        "woman, boy",
        "'family: man, woman, boy', family",
        "older person, old woman",
        "prince, princess",
        "mermaid, merperson",
        "Mrs. Claus, Santa Claus",
        "men with bunny ears, people with bunny ears",
        "flag: Norway, flag: Svalbard & Jan Mayen",
    })
    void drawingsThatLookAlikeShareAGroup(String one, String other) {
        assertEquals(ConceptFolds.groupKey(one), ConceptFolds.groupKey(other));
    }

    @ParameterizedTest
    @CsvSource({"red heart, blue heart", "keycap: #, keycap: *", "keycap: 1, keycap: 2", "woman’s hat, woman’s boot"})
    void differentThingsHaveGroupsOfTheirOwn(String one, String other) {
        assertNotEquals(ConceptFolds.groupKey(one), ConceptFolds.groupKey(other));
    }

    /** From Python: int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % 10. */
    @ParameterizedTest
    @CsvSource({"red heart, 8", "person, 9", "flag côte d ivoire, 3", "dog, 5", "airplane, 7", "keycap #, 4"})
    void foldIsTheDocumentedHash(String key, int fold) {
        assertEquals(fold, ConceptFolds.fold(key));
    }

    @Test
    void keyIsLowerCaseWordsWithoutGender() {
        assertEquals("in lotus position", ConceptFolds.groupKey("Woman in Lotus Position"));
        assertEquals("person", ConceptFolds.groupKey("man"));
    }
}
