package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.data.StreamPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that says where a run was: what is wrong with it is told by file and field. */
class CheckpointStateTest {
    private static final String STATE = """
            {"step": 5, "samples": 20, "position": {"epoch": 1, "candidate": 2, "sample": 20},
             "configuration": {"a": 1}, "provenance": {}, "sha256": {}}
            """;

    @TempDir
    private Path run;

    private Path state(String text) throws IOException {
        Path folder = Files.createDirectories(run.resolve("checkpoints/step-00000005"));
        return Files.writeString(folder.resolve("state.json"), text);
    }

    @Test
    void isReadWithAllThatARunNeedsToGoOn() throws IOException {
        Path file = state(STATE);
        Checkpoint checkpoint = Checkpoint.newest(run).orElseThrow();
        assertEquals(file.getParent(), checkpoint.folder());
        assertEquals(5, checkpoint.step());
        assertEquals(20, checkpoint.samples());
        assertEquals(new StreamPosition(1, 2, 20), checkpoint.position());
        assertEquals("{\"a\":1}", checkpoint.configuration().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"step\": 5       | \"step\": \"5\"        | \"step\" must be a whole number, but is \"5\"",
                "\"step\": 5       | \"steps\": 5           | \"step\" must be a whole number, but is missing",
                "\"samples\": 20   | \"samples\": 2.5       | \"samples\" must be a whole number, but is 2.5",
                "\"samples\": 20   | \"step\": 20           | \"step\" stands twice",
                "\"epoch\": 1      | \"epoch\": null        | \"position.epoch\" must be a whole number, but is null",
                "\"epoch\": 1      | \"epoch\": -1          | a position in the stream cannot be negative",
                "{\"a\": 1}        | []                     | \"configuration\" must be an object",
                "\"sha256\": {}}   | \"sha256\": {}         | damaged",
                "\"sha256\": {}    | \"sha256\": {\"x\": 1} | \"sha256.x\" must be a text"
            })
    void namesTheFileAndTheFieldThatIsWrong(String part, String replacement, String reason) throws IOException {
        assertTrue(STATE.contains(part), part);
        Path file = state(STATE.replace(part, replacement));
        String message =
                assertThrows(IOException.class, () -> Checkpoint.newest(run)).getMessage();
        assertTrue(message.contains(file.toString()) && message.contains(reason), message);
    }
}
