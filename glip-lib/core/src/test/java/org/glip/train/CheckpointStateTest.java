package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.StreamPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that says where a run was: what is wrong with it is told by file and field. */
class CheckpointStateTest {
    private static final String STATE = """
            {"step": 5, "samples": 20, "position": {"epoch": 1, "candidate": 2, "sample": 20},
             "configuration": {"a": 1, "rate": 1.0E-6},
             "provenance": {"command": "c", "data": "d", "configuration": {}, "versions": {}, "date": "t"},
             "sha256": {"model.safetensors": "%s", "open_clip_config.json": "%s", "config.json": "%s",
             "optimizer.safetensors": "%s"}}
            """;

    @TempDir
    private Path run;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectories(run.resolve("checkpoints/step-00000005"));
        List<String> sums = new ArrayList<>();
        for (String name :
                List.of("model.safetensors", "open_clip_config.json", "config.json", "optimizer.safetensors")) {
            Files.writeString(folder.resolve(name), "the " + name);
            sums.add(DigestUtils.sha256Hex("the " + name));
        }
        state(sealed(String.format(STATE, sums.toArray())));
    }

    /** With the checksum that the content has. */
    private static String sealed(String text) {
        JsonObject state = JsonParser.parseString(text).getAsJsonObject();
        state.remove("checksum");
        state.addProperty("checksum", DigestUtils.sha256Hex(state.toString()));
        return state.toString();
    }

    private void state(String text) throws IOException {
        Files.writeString(folder.resolve("state.json"), text);
    }

    private String state() throws IOException {
        return Files.readString(folder.resolve("state.json"));
    }

    private String refusal() {
        return assertThrows(IOException.class, () -> Checkpoint.newest(run)).getMessage();
    }

    @Test
    void isReadWithAllThatARunNeedsToGoOn() throws IOException {
        Checkpoint checkpoint = Checkpoint.newest(run).orElseThrow();
        assertEquals(folder, checkpoint.folder());
        assertEquals(5, checkpoint.step());
        assertEquals(20, checkpoint.samples());
        assertEquals(new StreamPosition(1, 2, 20), checkpoint.position());
        assertEquals("{\"a\":1,\"rate\":1.0E-6}", checkpoint.configuration().toString());
        assertEquals("d", checkpoint.provenance().data());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"step\":5       | \"step\":\"5\"        | \"step\" must be a whole number, but is \"5\"",
                "\"step\":5       | \"steps\":5           | \"step\" must be a whole number, but is missing",
                "\"step\":5       | \"step\":6            | is the checkpoint of step 6",
                "\"samples\":20   | \"samples\":2.5       | \"samples\" must be a whole number, but is 2.5",
                "\"epoch\":1      | \"epoch\":null        | \"position.epoch\" must be a whole number, but is null",
                "\"epoch\":1      | \"epoch\":-1          | a position in the stream cannot be negative",
                "{\"a\":1,\"rate\":1.0E-6}  | []          | \"configuration\" must be an object",
                "\"command\":\"c\" | \"other\":\"c\"      | \"provenance.command\" must be a text, but is missing",
                "\"config.json\"  | \"x\"                 | \"sha256.config.json\" is missing"
            })
    void namesTheFileAndTheFieldThatIsWrongEvenUnderTheRightChecksum(String part, String replacement, String reason)
            throws IOException {
        assertTrue(state().contains(part), part);
        state(sealed(state().replace(part, replacement)));
        String message = refusal();
        assertTrue(message.contains(folder.toString()) && message.contains(reason), message);
    }

    /** All fields and what they hold, to the innermost: a number is another, a text another, a list or object empty. */
    private static Stream<Runnable> changes(JsonElement element, JsonObject parent, String name) {
        List<Runnable> changes = new ArrayList<>();
        changes.add(() -> parent.remove(name));
        if (element instanceof JsonObject object) {
            changes.add(() -> parent.add(name, new JsonObject()));
            changes.add(() -> parent.add(name, new JsonArray()));
            return Stream.concat(
                    changes.stream(),
                    List.copyOf(object.keySet()).stream().flatMap(inner -> changes(object.get(inner), object, inner)));
        }
        if (element.getAsJsonPrimitive().isNumber()) {
            changes.add(() -> parent.addProperty(name, element.getAsDouble() + 1));
        } else {
            changes.add(() -> parent.addProperty(name, element.getAsString() + "0"));
        }
        return changes.stream();
    }

    @Test
    void noFieldCanBeMissingEmptyOrChanged() throws IOException {
        String sound = state();
        JsonObject top = new JsonObject();
        top.add("state", JsonParser.parseString(sound));
        int count = (int) changes(top.get("state"), top, "state").count();
        assertTrue(count > 35, count + " changes");
        for (int i = 2; i < count; i++) { // the first are of the document itself
            JsonObject one = new JsonObject();
            one.add("state", JsonParser.parseString(sound));
            changes(one.get("state"), one, "state")
                    .skip(i)
                    .findFirst()
                    .orElseThrow()
                    .run();
            String changed = one.get("state").toString();
            state(changed);
            if (!changed.equals(JsonParser.parseString(sound).toString())) {
                String message = assertThrows(IOException.class, () -> Checkpoint.newest(run), changed)
                        .getMessage();
                assertTrue(message.contains("state.json"), message);
            }
        }
        state(sound);
        assertEquals(5, Checkpoint.newest(run).orElseThrow().step());
    }

    @Test
    void aStateWithoutAChecksumIsOfAnEarlierVersionOrDamaged() throws IOException {
        JsonObject state = JsonParser.parseString(state()).getAsJsonObject();
        state.remove("checksum");
        state(state.toString());
        assertTrue(refusal().contains("before 0.2"), refusal());
    }

    @Test
    void everyFileIsComparedWithItsSum() throws IOException {
        for (String name :
                List.of("model.safetensors", "open_clip_config.json", "config.json", "optimizer.safetensors")) {
            Path file = folder.resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 4;
            Files.write(file, bytes);
            assertTrue(refusal().contains(file + " is damaged"), refusal());
            Files.delete(file);
            assertTrue(refusal().contains(file + " is missing"), refusal());
            Files.writeString(file, "the " + name);
        }
        Files.writeString(folder.resolve("prompt_templates.json"), "{}");
        assertTrue(refusal().contains("prompt_templates.json does not belong"), refusal());
    }

    @Test
    void theIndentationIsNoPartOfTheChecksum() throws IOException {
        state(org.glip.files.Json.pretty(JsonParser.parseString(state())));
        assertEquals(5, Checkpoint.newest(run).orElseThrow().step());
    }
}
