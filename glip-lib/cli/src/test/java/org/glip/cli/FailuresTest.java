package org.glip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void aMessageIsAtMostOneScreen() {
        String long20 = "weights do not fit: missing " + "visual.transformer.resblocks.0, ".repeat(700);
        String cut = OneScreen.of(long20);
        assertTrue(cut.startsWith("weights do not fit") && cut.length() < 1700, cut);
        assertTrue(cut.endsWith(" characters more, shown by --verbose)"), cut);
        String lines = OneScreen.of("a line\n".repeat(300));
        assertTrue(lines.lines().count() <= 20, lines);
        assertEquals("short", OneScreen.of("short"));
        assertEquals("two\nlines", OneScreen.of("two\nlines\n"));
    }

    @Test
    void fullMemoryIsToldWithItsCureWhereverItHappened() {
        OutOfMemoryError heap = new OutOfMemoryError("Java heap space");
        for (Throwable failure : new Throwable[] {
            heap, new IllegalStateException("The loader stopped: " + heap, heap), new RuntimeException(new Error(heap))
        }) {
            String told = FullMemory.told(failure).orElseThrow();
            assertTrue(told.contains("Java heap space") && told.contains("--workers"), told);
        }
        RuntimeException engine = new RuntimeException(
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 99999999999 bytes.");
        assertTrue(FullMemory.told(engine).orElseThrow().contains("--micro-batch"));
        assertEquals(Optional.empty(), FullMemory.told(new IOException("a.tar ends early")));
        assertFalse(FullMemory.told(new IOException()).isPresent());
    }
}
