package org.glip.parts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.glip.model.weights.SafetensorsFile.RowSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartSetTest {
    private static final RunIdentity RUN = new RunIdentity(Map.of("model", "abc"));

    @TempDir
    Path folder;

    private Path whole;

    @BeforeEach
    void name() {
        whole = folder.resolve("out.json");
    }

    /** Part i has the numbers of i rows of two; the first part has none. */
    private void write(Part part, RunIdentity run) throws IOException {
        Iterator<float[]> rows = IntStream.range(1, part.number())
                .mapToObj(row -> new float[] {part.number(), row})
                .iterator();
        List<JsonObject> about = new ArrayList<>();
        RowSource source = () -> {
            if (!rows.hasNext()) {
                return null;
            }
            JsonObject line = new JsonObject();
            line.addProperty("key", "café " + about.size());
            about.add(line);
            return rows.next();
        };
        JsonObject notes = new JsonObject();
        notes.addProperty("skipped", part.number());
        PartFile.write(part.file(whole), part, run, List.of(new Section("test", 2, source, () -> about, () -> notes)));
    }

    @Test
    void givesTheRowsOfAllPartsInOrder() throws IOException {
        write(new Part(3, 3), RUN);
        write(new Part(1, 3), RUN);
        write(new Part(2, 3), RUN);
        PartSet parts = PartSet.open(whole, 3, RUN);
        assertEquals(3, parts.rows("test"));
        List<Float> numbers = new ArrayList<>();
        RowSource rows = parts.read("test");
        for (float[] some = rows.next(); some != null; some = rows.next()) {
            for (float number : some) {
                numbers.add(number);
            }
        }
        assertEquals(List.of(2f, 1f, 3f, 1f, 3f, 2f), numbers);
        List<String> keys = new ArrayList<>();
        List<Long> notes = new ArrayList<>();
        parts.forEach(file -> {
            notes.add(file.notes("test").whole("skipped"));
            file.about("test").forEach(line -> keys.add(line.raw().get("key").getAsString()));
        });
        assertEquals(List.of("café 0", "café 0", "café 1"), keys);
        assertEquals(List.of(1L, 2L, 3L), notes);
    }

    @Test
    void aPartThatIsDoneAgainGivesTheSameBytes() throws IOException {
        Part part = new Part(2, 2);
        write(part, RUN);
        byte[] once = Files.readAllBytes(part.file(whole));
        Files.delete(part.file(whole));
        write(part, RUN);
        assertArrayEquals(once, Files.readAllBytes(part.file(whole)));
    }

    private String refusal(Class<? extends Exception> kind, int parts) {
        return assertThrows(kind, () -> PartSet.open(whole, parts, RUN)).getMessage();
    }

    @Test
    void namesWhatIsMissingForeignOrSomewhereElse() throws IOException {
        write(new Part(2, 4), RUN);
        String missing = refusal(IOException.class, 4);
        assertTrue(missing.contains("3 are not there: part 1/4, 3/4, 4/4 (" + new Part(1, 4).file(whole)), missing);
        write(new Part(1, 2), RUN);
        write(new Part(2, 2), new RunIdentity(Map.of("model", "other")));
        String foreign = refusal(IllegalArgumentException.class, 2);
        assertTrue(
                foreign.contains("part-2-of-2 is a part of another run: model is abc here and other there"), foreign);
        Files.copy(new Part(1, 2).file(whole), new Part(1, 1).file(whole));
        String moved = refusal(IllegalArgumentException.class, 1);
        assertTrue(moved.contains("says that it is part 1/2, not 1/1"), moved);
    }

    @Test
    void everyDamageIsFound() throws IOException {
        Part part = new Part(3, 3);
        Path file = part.file(whole);
        write(part, RUN);
        assertTrue(PartSet.isDone(whole, part, RUN));
        assertFalse(PartSet.isDone(whole, part, new RunIdentity(Map.of("model", "other"))));
        assertFalse(PartSet.isDone(whole, new Part(2, 3), RUN));
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length < good.length; length += 7) {
            Files.write(file, Arrays.copyOf(good, length));
            assertFalse(PartSet.isDone(whole, part, RUN), length + " bytes");
        }
        for (int place = 0; place < good.length; place++) {
            byte[] damaged = good.clone();
            damaged[place] ^= 0x10;
            Files.write(file, damaged);
            if (PartSet.isDone(whole, part, RUN)) {
                expectSameContent(file, good, place);
            }
        }
    }

    /** Zip's own fields, such as the time of an entry, are no content. */
    private void expectSameContent(Path file, byte[] good, int place) throws IOException {
        List<float[]> found = new ArrayList<>();
        for (int version = 0; version < 2; version++) {
            try (PartFile part = PartFile.open(file)) {
                found.add(part.read("test").next());
                assertEquals("café 1", part.about("test").get(1).text("key"), "byte " + place);
            }
            Files.write(file, good);
        }
        assertArrayEquals(found.get(1), found.get(0), "byte " + place);
    }
}
