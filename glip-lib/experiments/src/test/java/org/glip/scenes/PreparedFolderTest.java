package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedFolderTest {
    @TempDir
    Path root;

    private Path folder;
    private final AtomicInteger made = new AtomicInteger();

    @BeforeEach
    void name() {
        folder = root.resolve("deep").resolve("data");
    }

    private static JsonObject recipe(int version) {
        JsonObject recipe = new JsonObject();
        recipe.addProperty("version", version);
        return recipe;
    }

    private JsonObject make(Path temporary) throws IOException {
        Files.writeString(temporary.resolve("content"), "made " + made.incrementAndGet());
        return new JsonObject();
    }

    private String content() throws IOException {
        return Files.readString(folder.resolve("content"));
    }

    private List<String> visible() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolveSibling(""))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }

    @Test
    void isMadeOnce() throws IOException {
        PreparedFolder.prepare(folder, recipe(1), this::make);
        PreparedFolder.prepare(folder, recipe(1), this::make);
        assertEquals("made 1", content());
    }

    @Test
    void isMadeAnewForAnotherRecipe() throws IOException {
        PreparedFolder.prepare(folder, recipe(1), this::make);
        PreparedFolder.prepare(folder, recipe(2), this::make);
        assertEquals("made 2", content());
    }

    @Test
    void isMadeAnewWhereAFileIsCutOrMissing() throws IOException {
        PreparedFolder.prepare(folder, recipe(1), this::make);
        Files.writeString(folder.resolve("content"), "ma");
        PreparedFolder.prepare(folder, recipe(1), this::make);
        assertEquals("made 2", content());
        Files.delete(folder.resolve("content"));
        PreparedFolder.prepare(folder, recipe(1), this::make);
        assertEquals("made 3", content());
        Files.writeString(folder.resolve(Catalog.FILE), "{");
        PreparedFolder.prepare(folder, recipe(1), this::make);
        assertEquals("made 4", content());
    }

    @Test
    void aFailureLeavesNothingAndKeepsWhatWasThere() throws IOException {
        PreparedFolder.prepare(folder, recipe(1), this::make);
        assertThrows(
                IOException.class,
                () -> PreparedFolder.prepare(folder, recipe(2), temporary -> {
                    make(temporary);
                    throw new IOException("disk full");
                }));
        assertEquals(List.of("data"), visible());
        assertEquals("made 1", content());
    }

    @Test
    void whatAKilledProgramLeftIsRemoved() throws IOException {
        Files.createDirectories(folder.resolveSibling(".data.making").resolve("half"));
        PreparedFolder.prepare(folder, recipe(1), this::make);
        assertEquals(List.of("data"), visible());
        assertFalse(Files.exists(folder.resolve("half")));
    }

    @Test
    void anInterruptLeavesNothing() {
        InterruptedIOException failure = assertThrows(
                InterruptedIOException.class,
                () -> PreparedFolder.prepare(folder, recipe(1), temporary -> {
                    Thread.currentThread().interrupt();
                    new OrderedParallel(1).run(10, index -> index, (index, result) -> {});
                    return new JsonObject();
                }));
        assertTrue(Thread.interrupted());
        assertTrue(failure.getMessage().contains(folder.toString()), failure.getMessage());
        assertFalse(Files.exists(folder));
    }

    @Test
    void programsThatComeAtOnceWaitForTheFirst() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Callable<String> task = () -> {
                    PreparedFolder.prepare(folder, recipe(1), this::make);
                    return content();
                };
                results.add(executor.submit(task));
            }
            for (Future<String> result : results) {
                assertEquals("made 1", result.get());
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
