package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private static IOException failure(Path file, IOException cause) {
        return assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, channel -> {
                    throw cause;
                }));
    }

    private List<String> names() throws IOException {
        return names(folder);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aFullDiskIsToldWithTheFileAndLeavesTheFormerOne() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.writeText(file, "before");
        String message =
                failure(file, new IOException("No space left on device")).getMessage();
        assertEquals(file + " cannot be written: No space left on device", message);
        assertEquals("before", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void whatNamesAFileOrTellsOfAnInterruptPassesAsItIs() {
        Path file = folder.resolve("a.txt");
        for (IOException cause : List.of(
                new NoSuchFileException("x"), new ClosedByInterruptException(), new IOException(file + " is odd"))) {
            assertSame(cause, failure(file, cause));
        }
    }

    @Test
    void aFullDiskIsToldByEveryOperation() throws IOException {
        for (String failing : List.of("create", "write", "sync", "move")) {
            Path watched = WatchedFileSystem.watch(folder, operation -> {
                if (operation.startsWith(failing)) {
                    throw new IOException("No space left on device");
                }
            });
            Path file = watched.resolve("b.txt");
            String message = assertThrows(IOException.class, () -> AtomicFile.writeText(file, "x"))
                    .getMessage();
            assertTrue(message.contains("b.txt") && message.contains("No space"), message);
            assertEquals(List.of(), names(), failing);
        }
    }

    @Test
    void writesIntoAFolderThatIsALink() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), disk);
        AtomicFile.writeText(link.resolve("a.txt"), "x");
        assertEquals("x", Files.readString(disk.resolve("a.txt")));
        Folders.sync(link.resolve("none")); // is no error
    }

    @Test
    void writesIntoFoldersThatItMakes() throws IOException {
        Path file = folder.resolve("a/b/c.txt");
        AtomicFile.writeText(file, "one");
        AtomicFile.writeText(file, "two");
        assertEquals("two", Files.readString(file));
        assertEquals(List.of("c.txt"), names(file.getParent()));
    }

    @Test
    void aBodyThatFailsLeavesWhatWasThereAndNothingElse() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.writeText(file, "before");
        assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, channel -> {
                    throw new IOException("the disk is full");
                }));
        assertEquals("before", Files.readString(file));
        assertEquals(List.of("a.txt"), names(folder));
    }

    @Test
    void aFileInPlaceOfAFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "");
        String message = assertThrows(IOException.class, () -> AtomicFile.writeText(file.resolve("b.txt"), ""))
                .getMessage();
        assertEquals(file + " is a file, a folder is needed there", message);
    }

    @Test
    void movesAFolderFromOnePlaceToAnother() throws IOException {
        Path written = Files.createDirectories(folder.resolve("from/written"));
        Files.writeString(written.resolve("a.txt"), "a");
        Path target = Files.createDirectories(folder.resolve("to")).resolve("finished");
        AtomicFile.move(written, target);
        assertEquals("a", Files.readString(target.resolve("a.txt")));
        assertFalse(Files.exists(written));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which opens no folder
    void theSystemSyncsAFolder() {
        assertTrue(Folders.sync(folder));
    }

    @Test
    void aFolderThatCannotBeSyncedIsNoError() {
        assertFalse(Folders.sync(folder.resolve("missing")));
        Thread.currentThread().interrupt();
        assertFalse(Folders.sync(folder));
        assertTrue(Thread.interrupted(), "the flag stays");
    }
}
