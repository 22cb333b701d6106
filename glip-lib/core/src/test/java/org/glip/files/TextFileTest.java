package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    @TempDir
    Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("text.txt"), content);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        for (String text : new String[] {"", "a", "naïve\r\n猫\n"}) {
            Path marked = file(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8));
            assertEquals(text, TextFile.read(marked));
            StringWriter read = new StringWriter();
            try (var reader = TextFile.reader(marked)) {
                reader.transferTo(read);
            }
            assertEquals(text, read.toString());
            assertEquals(text, TextFile.read(file(text.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void namesTheLineThatIsNotUtf8() throws IOException {
        Path latin = file("one\ntwo\nnaïve\nfour".getBytes(StandardCharsets.ISO_8859_1));
        CharacterCodingException wrong = assertThrows(CharacterCodingException.class, () -> TextFile.read(latin));
        assertEquals(latin + " line 3 is not UTF-8", wrong.getMessage());
    }

    @Test
    void namesTheEncodingThatOtherSystemsWrite() throws IOException {
        Path wide = file("\uFEFF{}".getBytes(StandardCharsets.UTF_16LE));
        String message = wide + " is UTF-16, not UTF-8; save it as UTF-8 (iconv -f UTF-16 -t UTF-8)";
        assertEquals(
                message,
                assertThrows(IOException.class, () -> TextFile.read(wide)).getMessage());
        assertEquals(
                message,
                assertThrows(IOException.class, () -> TextFile.reader(wide)).getMessage());
        assertEquals(
                message, assertThrows(IOException.class, () -> Json.read(wide)).getMessage());
    }

    @Test
    void readsJsonBehindAByteOrderMark() throws IOException {
        Path marked = file("\uFEFF{\"a\": \"é\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals("é", Json.read(marked).text("a"));
    }
}
