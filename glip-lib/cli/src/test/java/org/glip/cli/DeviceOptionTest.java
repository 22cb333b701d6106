package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.engine.Devices;
import org.glip.train.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --device}, where there is no GPU. */
class DeviceOptionTest {
    @TempDir
    Path folder;

    private List<String> pretrain(Path out) throws IOException {
        return List.of(
                "pretrain",
                "--data",
                TinyData.shard(folder.resolve("pairs.tar"), 8).toString(),
                "--model",
                TinyData.model(folder).toString(),
                "--batch",
                "4",
                "--steps",
                "2",
                "--warmup",
                "1",
                "--shuffle",
                "0",
                "--route",
                "linear",
                "--prompt",
                "{}",
                "--out",
                out.toString());
    }

    /** Never the CPU in its place. */
    @Test
    void aGpuThatIsNotThereIsRefusedAndNothingIsWritten() throws IOException {
        assumeTrue(Devices.gpus() == 0, "there is a GPU");
        Path out = folder.resolve("run");
        for (String device : new String[] {"cuda", "cuda:3"}) {
            for (List<String> command : List.of(
                    pretrain(out),
                    List.of("bench", "--model", TinyData.model(folder).toString(), "--batch", "2", "--steps", "1"),
                    List.of("classify", "--labels", "cat,dog", "photo.jpg"))) {
                CommandRun run = glip(with(command, "--device", device));

                assertEquals(2, run.code(), run.err());
                assertTrue(run.err().contains("there is no device " + device), run.err());
                assertEquals("", run.out());
            }
        }
        assertFalse(Files.exists(out));
    }

    @Test
    void theDeviceIsToldByARunAndByWhatItLeaves() throws IOException {
        Path out = folder.resolve("run");
        CommandRun run = glip(with(pretrain(out), "--device", "cpu"));

        assertEquals(0, run.code(), run.err());
        assertEquals(
                "cpu",
                JsonParser.parseString(run.out())
                        .getAsJsonObject()
                        .get("device")
                        .getAsString());
        assertEquals("cpu", Provenance.read(out).orElseThrow().versions().get(Provenance.DEVICE));
    }
}
