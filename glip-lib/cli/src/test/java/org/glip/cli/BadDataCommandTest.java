package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data of which a part is bad: counted, named, remembered and limited. */
class BadDataCommandTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyData.model(folder);
    }

    private CommandRun pretrain(String data, String... more) {
        return glip(with(
                List.of(
                        "pretrain",
                        "--model",
                        model.toString(),
                        "--out",
                        folder.resolve("run").toString(),
                        "--data",
                        data,
                        "--batch",
                        "4",
                        "--warmup",
                        "1",
                        "--route",
                        "linear",
                        "--workers",
                        "2",
                        "--shuffle",
                        "8"),
                more));
    }

    private static JsonObject json(CommandRun run) {
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    /** A table of so many pictures, of which the first ones do not decode. */
    private String table(int pictures, int bad) throws IOException {
        Files.write(folder.resolve("good.jpg"), TinyData.picture(Color.RED, 0));
        Files.write(folder.resolve("bad.jpg"), new byte[] {1, 2, 3});
        StringBuilder rows = new StringBuilder("filepath\ttitle\n");
        for (int i = 0; i < pictures; i++) {
            String row = (i < bad ? "bad.jpg" : "good.jpg") + "\tpicture " + i + "\n";
            rows.append(row);
        }
        return Files.writeString(folder.resolve("pairs.tsv"), rows).toString();
    }

    @Test
    void oneTruncatedShardOfThreeIsNamedAndTheRunGoesOn() throws IOException {
        for (int i = 0; i < 3; i++) {
            Path shard = TinyData.shard(folder.resolve("cut-000" + i + ".tar"), 6);
            if (i == 1) {
                byte[] bytes = Files.readAllBytes(shard);
                Files.write(shard, Arrays.copyOf(bytes, bytes.length / 2 + 100));
            }
        }
        PrintStream before = System.err; // where the log goes
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        CommandRun run;
        try {
            run = pretrain(folder + "/cut-{0000..0002}.tar", "--epochs", "4");
        } finally {
            System.setErr(before);
        }
        assertEquals(0, run.code(), run.err());
        assertTrue(json(run).get("steps").getAsInt() >= 12, run.out());
        String skipped = json(run).get("skipped").getAsString();
        assertTrue(skipped.contains("damaged shard"), skipped);
        String told = log.toString(StandardCharsets.UTF_8);
        assertEquals(2, told.split("cut-0001.tar: damaged shard", -1).length, told);
        assertTrue(Files.exists(folder.resolve("run/model.safetensors")));
    }

    /** A single pass ends at its last good sample, before the damage. */
    @Test
    void damageBehindTheLastSampleOfTheOnlyPassIsTold() throws IOException {
        Path shard = TinyData.shard(folder.resolve("end.tar"), 8);
        byte[] bytes = Files.readAllBytes(shard);
        Files.write(shard, Arrays.copyOf(bytes, bytes.length / 2 + 100));
        CommandRun run = pretrain(shard.toString(), "--epochs", "1");
        assertEquals(0, run.code(), run.err());
        assertTrue(
                run.err().contains("glip: of every pass over webdataset shard " + shard + ", 1 skipped: 1 damaged"),
                run.err());
    }

    @Test
    void moreBadSamplesThanAllowedEndTheRun() throws IOException {
        CommandRun run = pretrain(table(100, 97), "--steps", "5");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("samples are bad (9"), run.err());
        assertTrue(run.err().contains("at most 5 % may be (--max-bad)"), run.err());
        assertTrue(run.err().contains("97 picture does not decode, first: "), run.err());
    }

    /** Such a run is over before the loader can judge a pass. */
    @Test
    void aShortRunThatMetTooManyBadSamplesEndsInAnError() throws IOException {
        CommandRun run = pretrain(table(500, 250), "--steps", "2");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("at most 5 % may be (--max-bad); the model is written all the same"), run.err());
        assertEquals(2, json(run).get("steps").getAsInt());
    }

    @Test
    void aHundredthIsWarnedOfAndAllowed() throws IOException {
        CommandRun run = pretrain(table(100, 2), "--steps", "49");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("samples are bad (2.0 %)"), run.err());
        assertEquals(2, json(run).get("bad_percent").getAsDouble(), 0.2);
    }

    @Test
    void goodDataSayNothing() throws IOException {
        CommandRun run = pretrain(table(20, 0), "--steps", "6");
        assertEquals(0, run.code(), run.err());
        assertFalse(run.err().contains("bad"), run.err());
        assertEquals("none skipped", json(run).get("skipped").getAsString());
    }

    @Test
    void whatWasBadIsRememberedByTheCheckpointAndOnResuming() throws IOException {
        String data = table(20, 8);
        CommandRun first = pretrain(data, "--steps", "6", "--max-bad", "100");
        assertEquals(0, first.code(), first.err());
        String told = json(first).get("skipped").getAsString();
        String state = Files.readString(folder.resolve("run/checkpoints/step-00000006/state.json"));
        JsonObject position = JsonParser.parseString(state).getAsJsonObject().getAsJsonObject("position");
        long bad = position.getAsJsonObject("skipped").get("undecodable_image").getAsLong();
        assertEquals(bad + " skipped: " + bad + " picture does not decode", told);

        CommandRun again = pretrain(data, "--steps", "6", "--max-bad", "100", "--resume");
        assertEquals(0, again.code(), again.err());
        assertEquals(told, json(again).get("skipped").getAsString());
        assertEquals(json(first).get("bad_percent"), json(again).get("bad_percent"));
    }
}
