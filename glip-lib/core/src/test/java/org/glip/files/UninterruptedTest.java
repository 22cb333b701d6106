package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UninterruptedTest {
    @TempDir
    Path folder;

    @Test
    void writesUnderAnInterruptedThreadAndKeepsTheFlag() throws IOException {
        Path file = folder.resolve("a.txt");
        Thread.currentThread().interrupt();
        try {
            Uninterrupted.run(() -> AtomicFile.writeText(file, "all of it"));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals("all of it", Files.readString(file));
    }

    @Test
    void leavesTheFlagOfAThreadThatWasNotInterrupted() throws IOException {
        Uninterrupted.run(() -> {});
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void passesOnWhatTheWorkThrows() {
        for (Exception failure : new Exception[] {new IOException("disk"), new IllegalStateException("state")}) {
            assertSame(
                    failure,
                    assertThrows(
                            Exception.class,
                            () -> Uninterrupted.run(() -> {
                                if (failure instanceof IOException io) {
                                    throw io;
                                }
                                throw (RuntimeException) failure;
                            })));
        }
    }
}
