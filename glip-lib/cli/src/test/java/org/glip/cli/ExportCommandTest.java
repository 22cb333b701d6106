package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.glip.Clip;
import org.glip.model.ModelFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path shard;
    private Path out;

    @BeforeEach
    void makeModelAndData() throws IOException {
        model = TinyModel.write(folder);
        shard = TinyData.shard(folder.resolve("train.tar"), 6);
        out = folder.resolve("exported");
    }

    private CommandRun export() {
        return glip("export", "--model", model.toString(), "--data", shard.toString(), "--out", out.toString());
    }

    @Test
    void writesHalfTheBytesAndTellsWhatStays() throws IOException {
        CommandRun run = export();

        assertEquals(0, run.code(), run.err());
        JsonObject told = JsonParser.parseString(run.out()).getAsJsonObject();
        // start and end of text, "picture", "is", three colours, six numbers
        assertEquals(13, told.get("tokens").getAsInt());
        long bytes = Files.size(out.resolve(ModelFolder.WEIGHTS));
        assertEquals(bytes, told.get("bytes").getAsLong());
        assertEquals(0.5, (double) bytes / Files.size(model.resolve(ModelFolder.WEIGHTS)), 0.02);
    }

    @Test
    void whatTrainingShowedIsAnsweredAsBeforeButForRounding() throws IOException {
        assertEquals(0, export().code());
        Path picture = Files.write(folder.resolve("red.jpg"), TinyData.picture(Color.RED, 1));
        try (Clip before = Clip.open(model);
                Clip after = Clip.open(out)) {
            assertArrayEquals(before.embed(picture), after.embed(picture), 2e-3f);
            assertArrayEquals(before.embed("picture 1 is red"), after.embed("picture 1 is red"), 2e-3f);
            assertFalse(Arrays.equals(before.embed("ship"), before.embed("whale")));
            assertArrayEquals(after.embed("ship"), after.embed("whale"), "words that training never showed");
        }
    }

    @Test
    void aFolderWithAModelIsNotOverwrittenAndDataThatAreNotThereAreNamed() throws IOException {
        assertEquals(0, export().code());
        byte[] first = Files.readAllBytes(out.resolve(ModelFolder.WEIGHTS));
        CommandRun again = export();
        assertNotEquals(0, again.code());
        assertTrue(again.err().contains("holds a model already"), again.err());
        assertArrayEquals(first, Files.readAllBytes(out.resolve(ModelFolder.WEIGHTS)));

        out = folder.resolve("other");
        shard = folder.resolve("missing.tar");
        CommandRun missing = export();
        assertNotEquals(0, missing.code());
        assertTrue(missing.err().contains("missing.tar"), missing.err());
        assertFalse(Files.exists(out));
    }
}
