package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLinesTest {
    @TempDir
    Path folder;

    private static TextLines lines(byte[] bytes) {
        return TextLines.of(new ByteArrayInputStream(bytes), "list");
    }

    private static List<String> all(String text) throws IOException {
        TextLines lines = lines(text.getBytes(StandardCharsets.UTF_8));
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
            TextLines lines = lines(list);
            assertEquals("a", lines.next());
            IOException failure = assertThrows(IOException.class, lines::next);
            assertEquals("list line 2 is not UTF-8", failure.getMessage());
            assertNull(lines.next());
        }
    }

    private List<String> entries(String content) throws IOException {
        return TextLines.readAll(Files.writeString(folder.resolve("list.txt"), content));
    }

    private void refuses(byte[] content, String... told) throws IOException {
        Path list = Files.write(folder.resolve("list.txt"), content);
        String message =
                assertThrows(IOException.class, () -> TextLines.readAll(list)).getMessage();
        for (String part : told) {
            assertTrue(message.contains(part), message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat\nred fox\n",
                "cat\nred fox",
                "cat\r\nred fox\r\n",
                "cat\rred fox\r",
                "cat\rred fox",
                "cat\nred fox\r\n",
                "\uFEFFcat\nred fox\n",
                "\uFEFFcat\r\nred fox\r\n\r\n",
                "cat\nred fox\n\n \n\t\r\n",
                "  cat \n\tred fox\u00A0\u3000\u0085\n"
            })
    void readsAListAsAnySystemWritesIt(String content) throws IOException {
        assertEquals(List.of("cat", "red fox"), entries(content));
    }

    @Test
    void refusesAListInJsonAndLeavesATemplateAlone() throws IOException {
        for (String json : List.of("[\"cat\", \"dog\"]", "[\n  \"cat\",\n  \"dog\"\n]\n", "{\"0\": \"cat\"}")) {
            Path list = Files.writeString(folder.resolve("list.json"), json);
            String message = assertThrows(IOException.class, () -> TextLines.readAll(list))
                    .getMessage();
            assertEquals(
                    list + " is JSON; a text with an entry a line is needed, without brackets and quotes", message);
        }
        assertEquals(List.of("[{}]"), entries("[{}]"));
        assertEquals(List.of("\"cat\"", "[sic]"), entries("\"cat\"\n[sic]"));
    }

    @Test
    void keepsWhatStandsWithinALine() throws IOException {
        assertEquals(List.of("a  b", "c\u00A0d", "\u200Bé 猫"), entries("a  b\nc\u00A0d\n\u200Bé 猫\n"));
    }

    @Test
    void endsLinesAcrossBuffersAlike() throws IOException {
        String text = "a".repeat((1 << 16) - 1);

        assertEquals(List.of(text, "b"), entries(text + "\r\nb\r\n"));
    }

    @Test
    void namesABlankLineBeforeTheLast() throws IOException {
        refuses("cat\n\ndog\n".getBytes(StandardCharsets.UTF_8), "list.txt line 2 is empty");
        refuses("cat\r\n \u00A0\r\n\r\ndog".getBytes(StandardCharsets.UTF_8), "list.txt line 2 is empty");
        refuses("\uFEFF\ncat\n".getBytes(StandardCharsets.UTF_8), "list.txt line 1 is empty");
        refuses("a\rb\r\rc".getBytes(StandardCharsets.UTF_8), "list.txt line 3 is empty");
    }

    @Test
    void aListOfNothingIsEmpty() throws IOException {
        for (String nothing : List.of("", "\n", "\uFEFF", "\uFEFF\r\n \n")) {
            refuses(nothing.getBytes(StandardCharsets.UTF_8), "list.txt is empty");
        }
    }

    @Test
    void refusesOtherEncodingsByName() throws IOException {
        refuses("\uFEFFcat\n".getBytes(StandardCharsets.UTF_16LE), "list.txt is UTF-16", "save it as UTF-8");
        refuses("\uFEFFcat\n".getBytes(StandardCharsets.UTF_16BE), "list.txt is UTF-16");
        refuses("cat\n".getBytes(StandardCharsets.UTF_16LE), "list.txt is UTF-16");
        refuses("cat\n".getBytes(StandardCharsets.UTF_16BE), "list.txt is UTF-16");
        refuses("\uFEFFcat\n".getBytes(Charset.forName("UTF-32LE")), "list.txt is UTF-32");
        refuses("\uFEFFcat\n".getBytes(Charset.forName("UTF-32BE")), "list.txt is UTF-32");
        refuses("cat\r\nlöwe\r\n".getBytes(StandardCharsets.ISO_8859_1), "list.txt line 2 is not UTF-8");
        TextLines stream = lines("\uFEFFcat\n".getBytes(StandardCharsets.UTF_16LE));
        assertTrue(assertThrows(IOException.class, stream::next).getMessage().contains("list is UTF-16"));
    }

    /** What CLIP_benchmark makes of these by {@code splitlines} and {@code strip}, in Python. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat\fred fox\n",
                "cat\f\nred fox\f\n",
                "cat\u000Bred fox",
                "cat\u0085red fox\u0085",
                "cat\u2028red fox\u2029",
                "cat\u001Cred fox\u001E\n",
                "\uFEFF\uFEFFcat\n\uFEFFred fox\n"
            })
    void namesEndWherePythonEndsALine(String content) throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), content);
        assertEquals(List.of("cat", "red fox"), TextLines.readAll(list));
    }

    @Test
    void whatIsNoTextIsNamed() throws IOException {
        refuses(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0}, "list.txt is packed (gzip)", "unpack it");
        refuses(new byte[] {'P', 'K', 3, 4, 20}, "list.txt is a ZIP archive", "CSV");
        refuses("version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8), "git lfs pull");
        refuses(" <!DOCTYPE html>\n<html>".getBytes(StandardCharsets.UTF_8), "list.txt is an HTML page");
    }
}
