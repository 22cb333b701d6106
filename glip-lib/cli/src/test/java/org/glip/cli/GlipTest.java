package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlipTest {
    @TempDir
    Path folder;

    @Test
    void listsTheCommands() {
        CommandRun run = glip("--help");

        assertEquals(0, run.code());
        for (String command : List.of(
                "tokenize",
                "masks",
                "scenes",
                "pretrain",
                "tune",
                "evaluate",
                "embed",
                "classify",
                "search",
                "bench")) {
            assertTrue(run.out().contains("  " + command), command);
            assertEquals(0, glip(command, "--help").code());
        }
    }

    @Test
    void refusesAnUnknownCommandOrOption() {
        for (String[] wrong : new String[][] {{}, {"train"}, {"masks", "--side", "4"}, {"bench", "extra"}}) {
            CommandRun run = glip(wrong);

            assertEquals(2, run.code());
            assertTrue(run.err().startsWith("glip: ") && run.err().contains("--help"), run.err());
        }
    }

    @Test
    void takesArgumentsFromAFile() throws IOException {
        Path arguments = Files.writeString(folder.resolve("masks.txt"), "--grid 3\n# all of them\n--mask none\n");

        assertEquals(
                "{\"kept\":9,\"frequency\":[[1.0,1.0,1.0],[1.0,1.0,1.0],[1.0,1.0,1.0]]}\n",
                glip("masks", "@" + arguments).out());
    }

    @Test
    void showsAStackTraceOnlyWhenAsked() {
        assertFalse(glip("masks", "--ratio", "2").err().contains("\tat "));
        assertTrue(glip("masks", "--ratio", "2", "--verbose").err().contains("\tat org.glip.mask"));
    }
}
