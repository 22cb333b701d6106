package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    @Test
    void findsANameInAFolder() throws IOException {
        assertEquals(Path.of("pictures", "café 猫.jpg"), FileNames.resolve(Path.of("pictures"), "café 猫.jpg", "list"));
    }

    @Test
    void saysWhereANameStandsThatIsNone() {
        IOException wrong =
                assertThrows(IOException.class, () -> FileNames.resolve(Path.of(""), "a\0b", "list.txt line 2"));
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
