package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveReaderTest {
    @TempDir
    Path folder;

    private final Map<String, String> seen = new HashMap<>();

    private void read(Path archive) throws IOException {
        ArchiveReader.readGzip(
                archive,
                name -> name.endsWith(".txt"),
                (name, content) -> seen.put(name, new String(content, StandardCharsets.UTF_8)));
    }

    @Test
    void handsOverTheWantedMembers() throws IOException {
        read(ScenesFixtures.tgz(folder.resolve("a.tgz"), Map.of("a.txt", "one", "b.txt", "", "c.bin", "three")));
        assertEquals(Map.of("a.txt", "one", "b.txt", ""), seen);
    }

    @Test
    void aNameThatLeadsOutsideWritesNothing() throws IOException {
        read(ScenesFixtures.tgz(folder.resolve("evil.tgz"), Map.of("../escaped.txt", "x", "/tmp/escaped.txt", "y")));
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(2, files.count(), "the folder and the archive, nothing else");
        }
    }

    @Test
    void aTruncatedArchiveIsNamedWhereverItEnds() throws IOException {
        // random content, so that compression does not hide the cut in its last block
        byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        Path whole = ScenesFixtures.tgz(
                folder.resolve("whole.tgz"), Map.of("a.txt", new String(noise, StandardCharsets.ISO_8859_1)));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {0, 1, 9, 200, bytes.length / 2, bytes.length - 100}) {
            Path cut = Files.write(folder.resolve("cut.tgz"), Arrays.copyOf(bytes, length));
            IOException failure = assertThrows(IOException.class, () -> read(cut), "cut at " + length);
            assertTrue(failure.getMessage().contains("cut.tgz is truncated or damaged"), failure.getMessage());
        }
    }

    @Test
    void aFileThatIsNoArchiveIsNamed() throws IOException {
        Path page = Files.writeString(folder.resolve("page.tgz"), "<html>404 not found</html>");
        IOException failure = assertThrows(IOException.class, () -> read(page));
        assertTrue(failure.getMessage().contains("page.tgz"), failure.getMessage());
    }

    @Test
    void aHeaderThatClaimsTooMuchIsNotBelieved() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
        TarArchiveEntry entry = new TarArchiveEntry("huge.txt");
        entry.setSize(1L << 32);
        tar.putArchiveEntry(entry);
        tar.write(new byte[1024]);
        tar.flush();
        IOException failure = assertThrows(
                IOException.class,
                () -> ArchiveReader.read(
                        new ByteArrayInputStream(bytes.toByteArray()),
                        "bomb.tar",
                        name -> true,
                        (name, content) -> {}));
        assertTrue(failure.getMessage().contains("bomb.tar: member huge.txt claims 4294967296"), failure.getMessage());
    }
}
