package org.glip.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8LinesTest {
    private static Utf8Lines lines(byte[] bytes) {
        return new Utf8Lines(new ByteArrayInputStream(bytes), "list");
    }

    private static List<String> all(String text) throws IOException {
        Utf8Lines lines = lines(text.getBytes(StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            all.add(line);
        }
        return all;
    }

    @Test
    void endsLinesAtLineFeedsOnly() throws IOException {
        assertEquals(List.of("a\rb", "\u2028c\u0085\f", "", "d\r"), all("a\rb\n\u2028c\u0085\f\n\nd\r\n"));
    }

    @Test
    void countsALastLineWithoutEnd() throws IOException {
        assertEquals(List.of("a", "b"), all("a\nb"));
        assertEquals(List.of(), all(""));
        assertEquals(List.of(""), all("\n"));
    }

    @Test
    void joinsALineThatSpansBuffers() throws IOException {
        String text = "é😀".repeat(70_000);

        assertEquals(List.of("x", text, "y"), all("x\n" + text + "\ny"));
    }

    @Test
    void refusesBytesThatAreNotUtf8AndNamesTheLine() throws IOException {
        byte[][] wrong = {
            {(byte) 0xC3}, {(byte) 0xFF}, {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}
        };
        for (byte[] bytes : wrong) {
            byte[] list = new byte[bytes.length + 2];
            list[0] = 'a';
            list[1] = '\n';
            System.arraycopy(bytes, 0, list, 2, bytes.length);
            Utf8Lines lines = lines(list);
            assertEquals("a", lines.next());
            IOException failure = assertThrows(IOException.class, lines::next);
            assertEquals("list line 2 is not UTF-8", failure.getMessage());
            assertNull(lines.next());
        }
    }
}
