package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    Path temporary;

    /** A process that takes the lock, says so, and waits. */
    static final class Holder {
        public static void main(String... arguments) throws Exception {
            try (FolderLock lock = FolderLock.take(Path.of(arguments[0]))) {
                System.out.println("held");
                System.in.read();
            }
        }
    }

    private static Process holder(Path folder) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals('h', process.getInputStream().read());
        return process;
    }

    @Test
    void anotherProcessIsKeptOutUntilTheFirstEndsHoweverItEnds() throws Exception {
        Path folder = temporary.resolve("run");
        Process first = holder(folder);
        String message =
                assertThrows(IOException.class, () -> FolderLock.take(folder)).getMessage();
        assertTrue(message.contains(folder + " is in use: another process"), message);
        first.destroyForcibly().waitFor();
        assertTrue(Files.exists(folder.resolve(FolderLock.FILE)), "left behind");
        FolderLock.take(folder).close();
        assertFalse(Files.exists(folder.resolve(FolderLock.FILE)));
    }

    @Test
    void oneProcessCannotTakeItTwice() throws IOException {
        try (FolderLock lock = FolderLock.take(temporary)) {
            String message = assertThrows(IOException.class, () -> FolderLock.take(temporary))
                    .getMessage();
            assertTrue(message.contains("this process"), message);
        }
        FolderLock.take(temporary).close();
    }

    @Test
    void anInterruptedThreadTakesAndGivesItAllTheSame() throws IOException {
        Thread.currentThread().interrupt();
        FolderLock.take(temporary).close();
        assertTrue(Thread.interrupted());
    }

    @Test
    void aFolderThatItMadeAndInWhichNothingWasWrittenGoesAgain() throws IOException {
        Path folder = temporary.resolve("a/b");
        FolderLock.take(folder).close();
        assertFalse(Files.exists(folder));
        FolderLock lock = FolderLock.take(folder);
        Files.writeString(folder.resolve("kept"), "x");
        lock.close();
        assertTrue(Files.exists(folder.resolve("kept")));
        Path mine = Files.createDirectories(temporary.resolve("mine"));
        FolderLock.take(mine).close();
        assertTrue(Files.exists(mine), "one that was there stays");
    }

    @Test
    void aLockThatAnotherRunHasMadeUnderTheNameIsLeftAlone() throws IOException {
        Path folder = temporary.resolve("run");
        FolderLock first = FolderLock.take(folder);
        Path moved = Files.move(folder, temporary.resolve("moved"));
        FolderLock second = FolderLock.take(folder);
        first.close();
        assertTrue(Files.exists(folder.resolve(FolderLock.FILE)));
        second.close();
        assertTrue(Files.exists(moved));
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "x");
        FileAlreadyExistsException error = assertThrows(FileAlreadyExistsException.class, () -> FolderLock.take(file));
        assertEquals(file.toString(), error.getFile());
    }
}
