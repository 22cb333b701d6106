package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {
    @TempDir
    Path folder;

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    private List<String> expand(String... patterns) throws IOException {
        List<String> absolute = List.of(patterns).stream()
                .map(pattern ->
                        pattern.startsWith("@") ? "@" + folder + "/" + pattern.substring(1) : folder + "/" + pattern)
                .toList();
        return Shards.expand(absolute).stream()
                .map(file -> folder.relativize(file).toString())
                .toList();
    }

    /** Values from Python's braceexpand 0.1.7, which webdataset uses. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a-{0..3}.tar              | a-0.tar a-1.tar a-2.tar a-3.tar",
                "a-{00008..00011}.tar      | a-00008.tar a-00009.tar a-00010.tar a-00011.tar",
                "a-{8..010}                | a-008 a-009 a-010",
                "{3..1}                    | 3 2 1",
                "{7..7}                    | 7",
                "{000..002}                | 000 001 002",
                "{a,b}-{0..1}              | a-0 a-1 b-0 b-1",
                "x{a,b{1..2},}y            | xay xb1y xb2y xy",
                "{a,{b,{c,d}}}             | a b c d",
                "{x{1,2},y}z               | x1z x2z yz",
                "plain                     | plain",
                "{0..10..2}                | 0 2 4 6 8 10",
                "{10..0..3}                | 10 7 4 1",
                "{00..10..05}              | 00 05 10",
                "{0..3..0}                 | 0 1 2 3",
                "{0..6..-2}                | 0 2 4 6",
                "{a..e}                    | a b c d e",
                "{a..g..2}                 | a c e g",
                "{e..a..2}                 | e c a",
                "{Z..b}                    | Z a b",
                "{-2..1}                   | -2 -1 0 1",
                "{-01..1}                  | -01 000 001",
                "{01..-1}                  | 01 00 -1",
                "{a}                       | {a}",
                "x{}y                      | x{}y",
                "{0..}                     | {0..}",
                "{x}-{0..1}                | {x}-0 {x}-1",
                "{a,{b}}                   | a {b}",
                "{{a,b}}                   | {a} {b}",
                "\\{a,b\\}                  | {a,b}",
                "{a\\,b,c}                 | a,b c",
            })
    void expandsBracesAsWebdatasetDoes(String pattern, String names) {
        assertEquals(List.of(names.split(" ")), BracePattern.expand(pattern));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{0..1", "0..1}", "a}{b", "{a,{b}", "{0..9999999}", "{0..999}{0..9999}", "\\{a}"})
    void refusesBracesThatMeanNothing(String pattern) {
        String message = assertThrows(IllegalArgumentException.class, () -> BracePattern.expand(pattern))
                .getMessage();
        assertTrue(message.contains(pattern), message);
    }

    @Test
    void findsFilesByPathBracesAndGlob() throws IOException {
        touch("b-1.tar", "b-0.tar", "a.tar", "notes.txt", "sub/c.tar");
        assertEquals(List.of("a.tar"), expand("a.tar"));
        assertEquals(List.of("b-1.tar", "b-0.tar"), expand("b-{1..0}.tar"));
        assertEquals(List.of("a.tar", "b-0.tar", "b-1.tar"), expand("*.tar"));
        assertEquals(List.of("b-0.tar", "b-1.tar"), expand("b-[01].tar"));
        assertEquals(List.of("b-0.tar", "b-1.tar", "sub/c.tar"), expand("{b-?,sub/*}.tar"));
    }

    /** webdataset's expand_urls splits there first. */
    @Test
    void doubleColonsSeparatePatterns() throws IOException {
        touch("a-0.tar", "a-1.tar", "b.tar", "sub/c.tar");
        Path previous = folder.resolve("sub");
        String patterns = folder + "/a-{0..1}.tar::" + folder + "/b.tar::" + previous;
        assertEquals(
                List.of("a-0.tar", "a-1.tar", "b.tar", "c.tar"),
                Shards.expand(List.of(patterns)).stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
        String message =
                assertThrows(IOException.class, () -> expand("b.tar::")).getMessage();
        assertTrue(message.contains("A name is missing beside the ::"), message);
    }

    @Test
    void aFolderMeansItsShards() throws IOException {
        touch("one/b.tar", "one/a.tar.gz", "one/c.tgz", "one/d.tar.zst", "one/e.TAR.XZ", "one/f.tar.bz2");
        touch("one/.hidden.tar", "one/notes.txt", "one/a.tar.gz.part", "two/g.tar", "none/x.jpg");
        assertEquals(
                List.of(
                        "one/a.tar.gz",
                        "one/b.tar",
                        "one/c.tgz",
                        "one/d.tar.zst",
                        "one/e.TAR.XZ",
                        "one/f.tar.bz2",
                        "two/g.tar"),
                expand("one", "two"));
        assertEquals(List.of("one/b.tar", "two/g.tar"), expand("one/b.tar", "two/"));
        String message = assertThrows(IOException.class, () -> expand("none")).getMessage();
        assertTrue(message.contains("none holds no shard (.tar, .tar.gz"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "https://host/a-{0..3}.tar, is a URL",
        "s3://bucket/a.tar, is a URL",
        "hf://datasets/x/y.tar, is a URL",
        "pipe:curl -s https://host/a.tar, is a command",
        "file:///data/a.tar, leave out its file:",
    })
    void aUrlIsRefusedAsSuch(String url, String told) throws IOException {
        touch("a.tar");
        Files.writeString(folder.resolve("list.txt"), "a.tar\n" + url + "\n");
        for (String pattern : List.of(url, folder + "/a.tar::" + url, "@" + folder + "/list.txt")) {
            String message = assertThrows(IOException.class, () -> Shards.expand(List.of(pattern)))
                    .getMessage();
            assertTrue(message.startsWith(url) && message.contains(told), message);
        }
    }

    @Test
    void aTableBehindAUrlIsRefusedAsSuch() {
        String message = assertThrows(
                        IOException.class,
                        () -> SampleSource.csv(Path.of("https://host/pairs.csv"), ',', "filepath", "title"))
                .getMessage();
        assertTrue(message.contains("is a URL"), message);
    }

    @Test
    void aFileNamedTwiceComesOnce() throws IOException {
        touch("a.tar", "b.tar");
        assertEquals(List.of("b.tar", "a.tar"), expand("b.tar", "*.tar", "a.tar"));
    }

    @Test
    void aFileWhoseNameHoldsBracesIsFound() throws IOException {
        touch("{odd}[name].tar");
        assertEquals(List.of("{odd}[name].tar"), expand("{odd}[name].tar"));
    }

    @Test
    void readsListsRelativeToTheirFolder() throws IOException {
        touch("lists/a-0.tar", "lists/a-1.tar", "b.tar");
        for (String content : List.of(
                "# training\n\n a-{0..1}.tar \n../b.tar\n",
                "\uFEFF# training\r\n\r\na-{0..1}.tar\r\n../b.tar\r\n\r\n",
                "\uFEFFa-{0..1}.tar\r../b.tar")) {
            Files.writeString(folder.resolve("lists/shards.txt"), content);
            List<Path> files = Shards.expand(List.of("@" + folder.resolve("lists/shards.txt")));
            assertEquals(
                    List.of("a-0.tar", "a-1.tar", "b.tar"),
                    files.stream().map(file -> file.getFileName().toString()).toList());
        }
        Path wide = Files.write(folder.resolve("wide.txt"), "\uFEFFb.tar\n".getBytes(StandardCharsets.UTF_16LE));
        String message = assertThrows(IOException.class, () -> Shards.expand(List.of("@" + wide)))
                .getMessage();
        assertTrue(message.contains("wide.txt is UTF-16"), message);
    }

    @Test
    void namesTheFirstMissingFilesAndTheirCount() throws IOException {
        touch("a-00.tar", "a-07.tar");
        String message =
                assertThrows(IOException.class, () -> expand("a-{00..09}.tar")).getMessage();
        assertTrue(message.contains("8 of 10 shards are missing"), message);
        assertTrue(message.contains("a-01.tar") && message.contains("a-05.tar"), message);
        assertTrue(!message.contains("a-06.tar") && message.endsWith("..."), message);
    }

    @Test
    void namesTheLastMissingFile() {
        String message =
                assertThrows(IOException.class, () -> expand("only.tar")).getMessage();
        assertTrue(message.startsWith("1 of 1 shards are missing") && message.endsWith("only.tar"), message);
    }

    @Test
    void refusesWhatNamesNothing() throws IOException {
        touch("empty.txt", "nested.txt");
        Files.writeString(folder.resolve("nested.txt"), "@empty.txt\n");
        assertThrows(IllegalArgumentException.class, () -> Shards.expand(List.of()));
        assertThrows(IOException.class, () -> expand("*.tar"));
        assertThrows(IOException.class, () -> expand("nowhere/*.tar"));
        assertThrows(IOException.class, () -> expand("@absent.txt"));
        assertThrows(IOException.class, () -> expand("@empty.txt"));
        assertThrows(IOException.class, () -> expand("@nested.txt"));
        assertThrows(IOException.class, () -> expand("absent-{x}.tar"));
    }
}
