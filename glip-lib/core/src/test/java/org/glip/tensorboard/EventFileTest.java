package org.glip.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the records that TensorBoard's own writer makes (src/test/python/make_event_golden.py). */
class EventFileTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Map<String, Double> losses(double loss, String name, double value) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("train/loss", loss);
        scalars.put(name, value);
        return scalars;
    }

    @Test
    void writesTheBytesThatTensorBoardsWriterDoes() throws IOException {
        try (EventFile events = EventFile.open(folder, 1, CLOCK)) {
            events.add(0, Map.of("train/loss", 0.0));
            events.add(1, losses(4.25, "validation/top-1", 0.1));
            events.add(300, losses(Double.POSITIVE_INFINITY, "train/gradient_norm", Double.NaN));
            events.add(5_000_000_000L, Map.of("größe", -1.5e-8));
        }
        try (InputStream golden = EventFileTest.class.getResourceAsStream("events.golden")) {
            assertArrayEquals(golden.readAllBytes(), Files.readAllBytes(files().get(0)));
        }
    }

    @Test
    void whatWasAddedIsInTheFileBeforeItIsClosed() throws IOException {
        try (EventFile events = EventFile.open(folder, 1)) {
            long before = Files.size(files().get(0));
            events.add(1, Map.of("train/loss", 1.0));
            assertTrue(Files.size(files().get(0)) > before);
            events.sync();
        }
    }

    @Test
    void eachSessionsFileComesAfterThoseBeforeAlsoWhereTheClockWasPutBack() throws IOException {
        Files.createFile(folder.resolve("events.out.tfevents.1800000000.host.1.0"));
        Files.createFile(folder.resolve("notes.txt"));
        EventFile.open(folder, 1, CLOCK).close();
        EventFile.open(folder, 5, CLOCK).close();
        assertEquals(
                List.of(
                        "events.out.tfevents.1800000000.host.1.0",
                        "events.out.tfevents.1800000001.glip",
                        "events.out.tfevents.1800000002.glip",
                        "notes.txt"),
                files().stream().map(file -> file.getFileName().toString()).toList());
    }

    @Test
    void findsEventFilesAndNothingElse() throws IOException {
        assertEquals(Optional.empty(), EventFile.any(folder.resolve("missing")));
        Files.createFile(folder.resolve("log.jsonl"));
        assertEquals(Optional.empty(), EventFile.any(folder));
        Path foreign = Files.createFile(folder.resolve("events.out.tfevents.of-somebody"));
        assertEquals(Optional.of(foreign), EventFile.any(folder));
    }

    @Test
    void tellsWhereItWasTakenAway() throws IOException {
        try (EventFile events = EventFile.open(folder, 1)) {
            assertTrue(events.isInPlace());
            Files.delete(files().get(0));
            assertFalse(events.isInPlace());
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        IOException error = assertThrows(IOException.class, () -> EventFile.open(file, 1));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    }
}
