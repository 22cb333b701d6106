package org.glip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopSignalTest {
    private static final int ENDED_BY_SIGNAL = 128 + 15;

    @TempDir
    Path folder;

    @Test
    void aProgramThatIsToldToEndWritesItsCheckpointFirst() throws Exception {
        Path run = folder.resolve("run");
        Path out = folder.resolve("out.json");
        Process process = train(run, out);
        Path log = run.resolve("log.jsonl");
        while (process.isAlive() && !(Files.exists(log) && Files.size(log) > 0)) {
            Thread.sleep(10);
        }
        process.destroy();

        assertEquals(ENDED_BY_SIGNAL, process.waitFor());
        JsonObject result = JsonParser.parseString(Files.readString(out)).getAsJsonObject();
        assertTrue(result.get("interrupted").getAsBoolean());
        String step = String.format("step-%08d", result.get("steps").getAsInt());
        assertTrue(Files.exists(run.resolve("checkpoints").resolve(step).resolve("state.json")), step);
    }

    /** Training in a program of its own, far longer than the test waits. */
    private Process train(Path run, Path out) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Glip.class.getName(),
                "pretrain",
                "--model",
                TinyData.model(folder).toString(),
                "--data",
                TinyData.shard(folder.resolve("pairs.tar"), 6).toString(),
                "--out",
                run.toString(),
                "--batch",
                "2",
                "--steps",
                "10000000",
                "--threads",
                "1",
                "--workers",
                "1");
        return new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }
}
