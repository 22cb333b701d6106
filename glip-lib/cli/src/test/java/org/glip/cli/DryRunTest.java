package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
    @TempDir
    Path folder;

    private Path shard;
    private Path model;

    @BeforeEach
    void makeData() throws IOException {
        shard = TinyData.shard(folder.resolve("pairs.tar"), 12);
        model = TinyData.model(folder);
    }

    private CommandRun stage(String stage, String... more) {
        return glip(with(
                List.of(stage, "--model", model.toString(), "--out", out().toString(), "--dry-run", "--threads", "1"),
                more));
    }

    private CommandRun pretrain(String... more) {
        return stage("pretrain", with(List.of("--batch", "4", "--warmup", "2", "--route", "linear"), more));
    }

    private Path out() {
        return folder.resolve("run");
    }

    private static JsonObject json(CommandRun run) {
        assertEquals(0, run.code(), run.err());
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    @Test
    void tellsStepsOperationsMemoryAndTimeAndWritesNothing() throws IOException {
        CommandRun run = pretrain("--data", shard.toString(), "--epochs", "3", "--ranks", "2", "--ratio", "0.5");
        JsonObject told = json(run);

        assertEquals(12, told.get("pairs").getAsInt());
        assertEquals(9, told.get("steps").getAsInt());
        assertEquals(36, told.get("samples").getAsInt());
        assertEquals(9, told.get("image_tokens").getAsInt());
        assertEquals(
                "mean of the first 12 captions", told.get("caption_tokens_from").getAsString());
        assertEquals(2, told.get("ranks").getAsInt());
        assertEquals(2, told.get("batch_of_rank").getAsInt());
        assertEquals(
                told.get("flop").getAsDouble(), 9 * told.get("flop_of_step").getAsDouble());
        assertEquals(
                told.get("seconds").getAsDouble(), 9 * told.get("step_seconds").getAsDouble());
        assertTrue(told.getAsJsonObject("memory_bytes").get("total").getAsLong() > 0);
        assertTrue(run.err().contains("nothing is trained") && run.err().contains("not counted"), run.err());
        assertFalse(Files.exists(out()));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "data and model");
        }
    }

    @Test
    void dataWhoseNumberIsToldNeedNotBeThere() {
        JsonObject told = json(pretrain("--data", "none-yet/{00000..00999}.tar", "--pairs", "1000", "--epochs", "2"));
        assertEquals(500, told.get("steps").getAsInt());
        assertEquals(12, told.get("caption_tokens").getAsInt(), "the context");
    }

    @Test
    void aTuningCanBePlannedBeforeItsPreTraining() {
        JsonObject told =
                json(stage("tune", "--init", "no-such-run", "--batch", "4", "--data", "none", "--pairs", "40"));
        assertEquals(10, told.get("steps").getAsInt());
        assertEquals(1, told.get("warmup_steps").getAsInt());
        assertEquals(17, told.get("image_tokens").getAsInt());
        assertEquals("none", told.get("mask").getAsString());
    }

    @Test
    void refusesWhatTheRunWouldRefuseAndWhatMakesNoSense() {
        assertRefused(pretrain("--data", shard.toString(), "--ranks", "3"), "3 ranks cannot share a batch of 4");
        assertRefused(pretrain("--data", "no-such.tar"), "no-such.tar");
        assertRefused(pretrain("--data", "none", "--pairs", "0"), "--pairs must be at least 1");
        String[] real = {"pretrain", "--model", model.toString(), "--data", shard.toString(), "--out", out().toString()
        };
        assertRefused(glip(with(List.of(real), "--ranks", "2")), "--ranks goes with --dry-run");
        assertRefused(glip(with(List.of(real), "--pairs", "2")), "--pairs goes with --dry-run");
        assertFalse(Files.exists(out()));
    }

    private static void assertRefused(CommandRun run, String reason) {
        assertEquals(2, run.code());
        assertTrue(run.err().contains(reason), run.err());
        assertEquals("", run.out());
    }
}
