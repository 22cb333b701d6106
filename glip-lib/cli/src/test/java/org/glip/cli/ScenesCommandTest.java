package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenesCommandTest {
    @TempDir
    Path folder;

    @Test
    void refusesAnUnknownPreset() {
        CommandRun run = glip("scenes", "--data", folder.toString(), "--preset", "tilted");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("tilted") && run.err().contains("centred"), run.err());
    }

    @Test
    void refusesSizesOutOfRange() {
        assertEquals(
                2,
                glip("scenes", "--data", folder.toString(), "--image-size", "4").code());
        assertEquals(
                2,
                glip("scenes", "--data", folder.toString(), "--train-samples", "0")
                        .code());
    }

    @Test
    void saysWhatToRunWhereNothingIsFetched() {
        CommandRun run = glip("scenes", "--data", folder.toString());

        assertEquals(2, run.code());
        assertTrue(run.err().contains("fetch-scenes.sh"), run.err());
    }
}
