package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
    @TempDir
    Path folder;

    @Test
    void findsAFileBesideTheListFirstAndThenInTheWorkingFolder() throws IOException {
        Path list = folder.resolve("list.txt");
        assertEquals(folder.resolve("café 猫.jpg"), FileNames.find(list, "café 猫.jpg"), "though it is not there");
        assertEquals(Path.of("pom.xml"), FileNames.find(list, "pom.xml"));
        Path beside = Files.writeString(folder.resolve("pom.xml"), "");
        assertEquals(beside, FileNames.find(list, "pom.xml"));
        assertEquals(beside, FileNames.find(Path.of("list.txt"), beside.toString()));
    }

    @Test
    void saysWhereANameStandsThatIsNone() {
        IOException wrong = assertThrows(IOException.class, () -> FileNames.check("a\0b", "list.txt line 2"));
        assertEquals("list.txt line 2: \"a\0b\" is not the path of a file", wrong.getMessage());
    }

    @Test
    void tellsAnArgumentThatTheLocaleHasDamaged() {
        String told = FileNames.damage("caf\uFFFD\uFFFD.jpg", StandardCharsets.US_ASCII);
        assertTrue(told != null && told.contains("LC_ALL=C.UTF-8"), told);
        assertNull(FileNames.damage("cafe.jpg", StandardCharsets.US_ASCII));
        assertNull(FileNames.damage("\uFFFD", StandardCharsets.UTF_8), "somebody may have typed it");
    }

    @Test
    void namesTheCureWhereTheLocaleIsAtFault() {
        String told = FileNames.reason("café 猫.jpg", StandardCharsets.US_ASCII);
        assertTrue(told.contains("US-ASCII") && told.contains("LC_ALL=C.UTF-8"), told);
        assertTrue(FileNames.reason("猫.jpg", StandardCharsets.ISO_8859_1).contains("LC_ALL=C.UTF-8"));
        assertEquals("\"a\0b\" is not the path of a file", FileNames.reason("a\0b", StandardCharsets.UTF_8));
    }
}
